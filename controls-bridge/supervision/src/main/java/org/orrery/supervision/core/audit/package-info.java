/**
 * What goes on record about whom, and the walk over the hash chain. Nothing here may read a file or
 * a table.
 */
@NullMarked
package org.orrery.supervision.core.audit;

import org.jspecify.annotations.NullMarked;
