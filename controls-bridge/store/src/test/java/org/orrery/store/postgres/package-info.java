/** Tests of the store, against a real PostgreSQL. */
@NullMarked
package org.orrery.store.postgres;

import org.jspecify.annotations.NullMarked;
