package org.orrery.twin.core.diagnosis;

/**
 * Student's t with four degrees of freedom: heavy tails, so that one channel that no hypothesis
 * explains cannot outvote all others. Stateless.
 */
final class Density {
  private static final double LOG_NORM = Math.log(0.375);

  private Density() {}

  /** Logarithm of the density of a difference at a scale, both in the channel's unit. */
  static double log(double difference, double scale) {
    double z = difference / scale;
    return LOG_NORM - Math.log(scale) - 2.5 * Math.log1p(z * z / 4.0);
  }
}
