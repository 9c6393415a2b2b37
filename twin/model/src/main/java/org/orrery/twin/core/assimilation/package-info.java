/**
 * Keeps the ensemble in step with the readings: the filter, what is learnt about each sensor, the
 * watch on the innovations, and the engine that puts them together step by step.
 *
 * <p>What may not enter: Vert.x, files, wall clocks, randomness without a seed.
 */
@NullMarked
package org.orrery.twin.core.assimilation;

import org.jspecify.annotations.NullMarked;
