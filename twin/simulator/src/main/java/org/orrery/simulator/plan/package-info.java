/**
 * A month or a year of operation, drawn from a seed: beam, shifts, planned work, weather and
 * faults, and the frozen assumptions that they are drawn from. Pure: no thread, no clock; the only
 * input is text that a caller hands in, or the copy of the assumptions on the class path. A planned
 * fault is an order line of the simulator's own control, so the plan knows no fault's physics.
 */
@NullMarked
package org.orrery.simulator.plan;

import org.jspecify.annotations.NullMarked;
