/**
 * The embedded PostgreSQL: its distribution, its data directory and its life as a supervised child
 * process. Only {@link org.orrery.store.Store} starts it; nothing about rooms or schemas may enter.
 */
@NullMarked
package org.orrery.store.postgres;

import org.jspecify.annotations.NullMarked;
