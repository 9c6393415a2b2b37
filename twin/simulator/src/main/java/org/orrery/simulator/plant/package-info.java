/**
 * The subsystems of the stand-in detector as coupled states: what is true, before any sensor.
 * Internal to the simulator. Channels, sensors, cadences and text may not enter here.
 */
@NullMarked
package org.orrery.simulator.plant;

import org.jspecify.annotations.NullMarked;
