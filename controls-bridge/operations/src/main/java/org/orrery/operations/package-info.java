/**
 * Runs, detector modes, who holds control, tag-outs, channels declared invalid. {@code
 * OperationsModule} and {@code OperationsConfig} are the only types here that other rooms may name.
 */
@NullMarked
package org.orrery.operations;

import org.jspecify.annotations.NullMarked;
