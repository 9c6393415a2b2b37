/**
 * The expression graph in which the twin's equations are written once, and the port through which a
 * backend runs it over a batch of ensemble members.
 *
 * <p>What may not enter: physics, any numeric library, threads, clocks, randomness.
 */
@NullMarked
package org.orrery.twin.core.graph;

import org.jspecify.annotations.NullMarked;
