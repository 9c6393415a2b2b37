package org.orrery.twin.core.assimilation;

import org.orrery.twin.core.model.Calibration;

/**
 * What the twin has learnt about one sensor: its gain or offset by a scalar Kalman filter, and how
 * large its error really is. Mutable, not thread-safe.
 */
public final class SensorTracker {
  /** A gain or offset wanders by this share of its prior deviation in a day. */
  private static final double DRIFT_SHARE_PER_ROOT_DAY = 0.02;

  /** Bounds on the factor between the assumed and the learnt error. */
  private static final double SMALLEST_ERROR_FACTOR = 0.2;

  private static final double LARGEST_ERROR_FACTOR = 2.5;

  /** Mean of min(z^2, 9) of a standard normal z. */
  private static final double EXPECTED_CAPPED_SQUARE = 0.985;

  private static final double ERROR_LEARNING_RATE = 0.02;

  /** From this deviation on, a gain is taken as unknown rather than as uncertain. */
  private static final double WIDE_GAIN = 0.5;

  /** Expectations must exceed the assumed error by this factor to teach a gain. */
  private static final double SIGNIFICANT = 5.0;

  private static final double LEAST_GAIN = 0.02;
  private static final double NS_PER_DAY = 86_400e9;

  private final Calibration calibration;
  private double gain = 1.0;
  private double offset;
  private double variance;
  private double errorFactor = 1.0;
  private boolean informed;
  private boolean borrowed;

  /** A sensor about which only its prior is known. */
  public SensorTracker(Calibration calibration) {
    this.calibration = calibration;
    this.variance = priorDeviation() * priorDeviation();
  }

  private double priorDeviation() {
    return switch (calibration) {
      case Calibration.Exact exact -> 0.0;
      case Calibration.Offset learnt -> learnt.deviation();
      case Calibration.Gain learnt -> learnt.deviation();
    };
  }

  /** What the sensor should read when the model expects a value. */
  public double reading(double expectation) {
    return gain * expectation + offset;
  }

  /** How much the reading moves with the expectation. */
  public double gain() {
    return gain;
  }

  /** Variance of a reading that comes from not knowing the calibration. */
  public double calibrationVariance(double expectation) {
    double lever = lever(expectation);
    return variance * lever * lever;
  }

  /** The error's standard deviation as learnt, from the assumed one. */
  public double deviation(double assumed) {
    return assumed * errorFactor * Math.max(gain, 0.05);
  }

  /**
   * Whether the prior says so little that the first reading must set the calibration before the
   * sensor can be compared with anything.
   */
  public boolean mustBeSet() {
    return !informed
        && !borrowed
        && switch (calibration) {
          case Calibration.Exact exact -> false;
          case Calibration.Offset learnt -> true;
          case Calibration.Gain learnt -> learnt.deviation() >= WIDE_GAIN;
        };
  }

  private void set(
      double reading, double expectation, double assumedDeviation, double uncertainty) {
    switch (calibration) {
      case Calibration.Exact exact -> {}
      case Calibration.Offset learnt -> {
        offset = reading - expectation;
        variance = Math.min(uncertainty, priorVariance());
        informed = true;
      }
      case Calibration.Gain learnt -> {
        if (usable(reading, expectation, assumedDeviation)) {
          gain = reading / expectation;
          variance =
              Math.min(gain * gain * uncertainty / (expectation * expectation), priorVariance());
          informed = true;
        }
      }
    }
  }

  /**
   * Learns from a reading that was believed.
   *
   * @param reading the reading
   * @param expectation the model's mean expectation
   * @param spread variance of the expectation between members
   * @param assumedDeviation the assumed error
   * @param elapsedNs plant time since the previous reading
   */
  public void learn(
      double reading, double expectation, double spread, double assumedDeviation, long elapsedNs) {
    double lever = lever(expectation);
    double error = deviation(assumedDeviation);
    if (mustBeSet()) {
      set(reading, expectation, assumedDeviation, spread + error * error);
    }
    double innovation = reading - reading(expectation);
    if (lever != 0.0 && usable(reading, expectation, assumedDeviation)) {
      double drift = priorDeviation() * DRIFT_SHARE_PER_ROOT_DAY;
      variance += drift * drift * elapsedNs / NS_PER_DAY;
      double ownSpread = gain * gain * spread;
      double total = variance * lever * lever + ownSpread + error * error;
      double step = variance * lever / total;
      switch (calibration) {
        case Calibration.Exact exact -> {}
        case Calibration.Offset learnt -> offset += step * innovation;
        case Calibration.Gain learnt -> gain = Math.max(LEAST_GAIN, gain + step * innovation);
      }
      variance -= step * lever * variance;
      // A calibration cannot be known better than what it is compared with.
      variance = Math.min(Math.max(variance, 0.5 * ownSpread / (lever * lever)), priorVariance());
      informed = true;
    }
    double z2 =
        innovation
            * innovation
            / (gain * gain * spread + calibrationVariance(expectation) + error * error);
    errorFactor *= Math.exp(ERROR_LEARNING_RATE * (Math.min(z2, 9.0) - EXPECTED_CAPPED_SQUARE));
    errorFactor = Math.clamp(errorFactor, SMALLEST_ERROR_FACTOR, LARGEST_ERROR_FACTOR);
  }

  /**
   * Takes over what a sensor of the same make has learnt, when this one has learnt nothing yet: a
   * standby pump's meters are like those of the running one.
   *
   * @param deviation how far from the other one this one may be, as a share of its gain
   */
  public void adopt(SensorTracker other, double deviation) {
    if (!informed && other.informed && calibration instanceof Calibration.Gain) {
      borrowed = true;
      gain = other.gain;
      variance = deviation * deviation * gain * gain;
    }
  }

  private double priorVariance() {
    return priorDeviation() * priorDeviation() * Math.max(1.0, gain * gain);
  }

  private double lever(double expectation) {
    return switch (calibration) {
      case Calibration.Exact exact -> 0.0;
      case Calibration.Offset learnt -> 1.0;
      case Calibration.Gain learnt -> expectation;
    };
  }

  /**
   * A meter that reads next to nothing teaches no gain: it, or the device, may be dead. Nor does
   * one that ought to read next to nothing.
   */
  private boolean usable(double reading, double expectation, double assumedDeviation) {
    return !(calibration instanceof Calibration.Gain)
        || (Math.abs(expectation) > SIGNIFICANT * assumedDeviation
            && reading / expectation > LEAST_GAIN);
  }
}
