/**
 * The database: one supervised PostgreSQL or a site's server, a schema and migrations per room, and
 * the transactional outbox.
 *
 * <p>Rooms get a {@link org.orrery.store.Database} and write their own SQL. No room's tables, types
 * or queries may enter here; nor Kafka, Vert.x or EPICS.
 */
@NullMarked
package org.orrery.store;

import org.jspecify.annotations.NullMarked;
