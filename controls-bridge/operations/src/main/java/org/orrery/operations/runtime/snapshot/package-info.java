/** Snapshots in the room's tables and on the bus. Nobody outside the room names these types. */
@NullMarked
package org.orrery.operations.runtime.snapshot;

import org.jspecify.annotations.NullMarked;
