/**
 * The archive: every sample that Kafka acknowledged, in PostgreSQL or TimescaleDB, and its
 * retrieval. Only the factory and its configuration stand here; other rooms meet the archive on
 * {@code Endpoints.ARCHIVE_HISTORY}.
 */
@NullMarked
package org.orrery.archive;

import org.jspecify.annotations.NullMarked;
