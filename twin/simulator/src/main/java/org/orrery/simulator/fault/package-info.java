/**
 * Faults as data: what they do to knobs, sensors and actuators over time, and the truth about them;
 * the catalogue of 24, and the files by which others bring their own. No physics in here: a fault
 * moves knobs, the plant decides what follows.
 */
@NullMarked
package org.orrery.simulator.fault;

import org.jspecify.annotations.NullMarked;
