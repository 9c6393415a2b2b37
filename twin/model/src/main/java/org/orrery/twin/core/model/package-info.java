/**
 * The twin's equations of a liquid-argon time projection chamber, written once as expressions:
 * states, known inputs, and what each sensor is expected to read.
 *
 * <p>What may not enter: anything of the simulator, which must stay a different model; backends,
 * clocks, randomness.
 */
@NullMarked
package org.orrery.twin.core.model;

import org.jspecify.annotations.NullMarked;
