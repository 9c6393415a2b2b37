/**
 * Backends on plain Java arrays: a block interpreter, and a compiler to one fused method.
 *
 * <p>What may not enter: native libraries, physics, threads.
 */
@NullMarked
package org.orrery.twin.backend.array;

import org.jspecify.annotations.NullMarked;
