/**
 * The stand-in detector: a seeded, coupled model of a ProtoDUNE-SP-like liquid-argon detector and
 * the faults that it can suffer. It has no thread, no clock and no I/O: a caller steps it in plant
 * time. What the twin, the diagnosers or the gateway know about detectors may not enter here, or
 * they would be tested against themselves.
 */
@NullMarked
package org.orrery.simulator;

import org.jspecify.annotations.NullMarked;
