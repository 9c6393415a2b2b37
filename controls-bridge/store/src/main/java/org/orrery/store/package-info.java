/**
 * The database: one supervised server or a site's URL, a schema and migrations per room, the
 * transactional outbox. No room's own tables or queries may enter.
 */
@NullMarked
package org.orrery.store;

import org.jspecify.annotations.NullMarked;
