/**
 * Finds the cause of a finding: plays every fault hypothesis forward from before the onset and
 * scores each against what was read since.
 *
 * <p>What may not enter: Vert.x, wall clocks, randomness without a seed, or rules that name a cause
 * by a threshold on a channel.
 */
@NullMarked
package org.orrery.twin.core.diagnosis;

import org.jspecify.annotations.NullMarked;
