/**
 * The event bus of one process: messages pass by reference, which is sound because they are deeply
 * immutable.
 */
@NullMarked
package org.orrery.bus.local;

import org.jspecify.annotations.NullMarked;
