/**
 * The archive at work: reading Kafka, writing and querying the database, and the verticle. Nobody
 * outside the room names it.
 */
@NullMarked
package org.orrery.archive.runtime;

import org.jspecify.annotations.NullMarked;
