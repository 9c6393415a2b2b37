/** Tests of the store, against a real PostgreSQL. */
@NullMarked
package org.orrery.store;

import org.jspecify.annotations.NullMarked;
