package org.orrery.dqm.core;

import java.util.random.RandomGenerator;

/**
 * Student's t with five degrees of freedom, scaled to unit variance: the null distribution of
 * innovations that we calibrate with. Its tails are heavier than those of a normal distribution, as
 * the tails of real readings are; what is calibrated with it errs to the careful side. Stateless.
 */
final class Student {
  private static final int DEGREES = 5;
  private static final double UNIT = Math.sqrt((double) DEGREES / (DEGREES - 2));

  /** Gamma(3) / (Gamma(5/2) sqrt(5 pi)). */
  private static final double NORMALISATION = 0.379606689822494;

  private Student() {}

  static double density(double x) {
    double t = x * UNIT;
    return UNIT * NORMALISATION * Math.pow(1 + t * t / DEGREES, -(DEGREES + 1) / 2.0);
  }

  static double draw(RandomGenerator random) {
    double squares = 0;
    for (int i = 0; i < DEGREES; i++) {
      double g = random.nextGaussian();
      squares += g * g;
    }
    return random.nextGaussian() / Math.sqrt(squares / DEGREES) / UNIT;
  }
}
