package org.orrery.twin.core.assimilation;

/**
 * The twin's view of one sensor after a step.
 *
 * @param expected mean of what a reading should be
 * @param deviation standard deviation of that, observation error included
 * @param innovation normalised innovation of this step; NaN when nothing was read
 * @param assimilated whether the reading corrected the state
 */
public record SensorView(
    double expected, double deviation, double innovation, boolean assimilated) {}
