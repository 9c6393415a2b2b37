/**
 * Data quality: the twin's innovations and the detector's histograms turned into calibrated
 * findings. {@code DqmModule} and {@code DqmConfig} are the only types here that other rooms may
 * name.
 */
@NullMarked
package org.orrery.dqm;

import org.jspecify.annotations.NullMarked;
