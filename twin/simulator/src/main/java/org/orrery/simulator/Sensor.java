package org.orrery.simulator;

import org.orrery.simulator.plant.SimRandom;

/**
 * How a sensor distorts what is true. Immutable.
 *
 * @param sigma standard deviation of its noise, in the unit of the channel
 * @param resolution smallest step of the read-out, 0 for none
 * @param lagSeconds time constant with which it follows, 0 for at once
 * @param bias constant error
 */
record Sensor(double sigma, double resolution, double lagSeconds, double bias) {
  /** Shows exactly what is true. */
  static final Sensor EXACT = new Sensor(0.0, 0.0, 0.0, 0.0);

  /** Returns the share of an old reading that is left after {@code dtSeconds}. */
  double keep(double dtSeconds) {
    return lagSeconds <= 0.0 ? 0.0 : Math.exp(-dtSeconds / lagSeconds);
  }

  /** Returns a noisy reading of an already lagged value, before quantisation. */
  double disturb(double lagged, SimRandom random) {
    return lagged + bias + (sigma > 0.0 ? sigma * random.gaussian() : 0.0);
  }

  /** Returns the value as the read-out resolves it. */
  double quantise(double value) {
    if (resolution <= 0.0) {
      return value;
    }
    double steps = Math.rint(value / resolution);
    // Divided, not multiplied, so that 0.1 steps show as 19.9 and not as 19.900000000000002.
    return resolution < 1.0 ? steps / Math.rint(1.0 / resolution) : steps * resolution;
  }
}
