/**
 * Samples in TimescaleDB or PostgreSQL, and their retrieval. {@code ArchiveModule} and {@code
 * ArchiveConfig} are the only types here that other rooms may name.
 */
@NullMarked
package org.orrery.archive;

import org.jspecify.annotations.NullMarked;
