package org.orrery.twin.core.diagnosis;

import org.orrery.twin.core.assimilation.SensorTracker;

/**
 * What was learnt about a sensor, frozen for one diagnosis. Immutable.
 *
 * @param gain reading per expectation
 * @param offset reading at zero expectation
 * @param gainVariance calibration variance per squared expectation
 * @param offsetVariance calibration variance at zero expectation
 * @param deviationFactor learnt error per assumed error
 * @param usable whether a reading can be compared at all
 */
public record SensorFit(
    double gain,
    double offset,
    double gainVariance,
    double offsetVariance,
    double deviationFactor,
    boolean usable) {
  /** Freezes a tracker. */
  public static SensorFit of(SensorTracker tracker) {
    double offset = tracker.reading(0.0);
    double atZero = tracker.calibrationVariance(0.0);
    return new SensorFit(
        tracker.gain(),
        offset,
        tracker.calibrationVariance(1.0) - atZero,
        atZero,
        tracker.deviation(1.0),
        !tracker.mustBeSet());
  }

  /** The same, not to be compared. */
  public SensorFit unusable() {
    return new SensorFit(gain, offset, gainVariance, offsetVariance, deviationFactor, false);
  }

  /** What the sensor should read when the model expects a value. */
  public double reading(double expectation) {
    return gain * expectation + offset;
  }

  /** Variance of a reading, from the spread of the expectation and the assumed error. */
  public double variance(double expectation, double spread, double assumedDeviation) {
    double error = deviationFactor * assumedDeviation;
    return gain * gain * spread
        + error * error
        + gainVariance * expectation * expectation
        + offsetVariance;
  }
}
