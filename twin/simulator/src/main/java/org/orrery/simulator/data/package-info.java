/**
 * Physics-level data of the stand-in detector, as a data-quality monitor receives them: histograms
 * and maps per interval of plant time. Pure and seeded; knows the plant through {@link
 * org.orrery.simulator.data.PlantConditions} only. Channels, sensors and faults may not enter here.
 */
@NullMarked
package org.orrery.simulator.data;

import org.jspecify.annotations.NullMarked;
