package org.orrery.dqm.core;

import java.util.SplittableRandom;

/**
 * How often a one-sided CUSUM of healthy, standardised readings climbs to a level: {@code rate(x) =
 * C exp(-theta x)} per reading. The exponent solves Lundberg's equation {@code E exp(theta (X - k))
 * = 1} for the clipped null distribution; the prefactor is simulated. The null is {@link
 * Student}'s. Immutable.
 */
final class CusumNull {
  /**
   * One kind of CUSUM: readings are clipped at {@code clip} standard deviations, {@code k} is taken
   * off each.
   */
  record Kind(String name, double k, double clip) {}

  /** Sees large deviations within three readings. */
  static final Kind FAST = new Kind("fast", 0.75, 8);

  /** Sees lasting deviations of one standard deviation. */
  static final Kind SLOW = new Kind("slow", 0.5, 4);

  private static final int DRAWS = 1_000_000;
  private static final int SLICES = 20_000;
  private static final double LOWEST_LEVEL = 4;
  private static final int LEVELS = 5;

  private final Kind kind;
  private final double theta;
  private final double prefactor;

  private CusumNull(Kind kind, double theta, double prefactor) {
    this.kind = kind;
    this.theta = theta;
    this.prefactor = prefactor;
  }

  /** Calibrates a kind; some 0.2 s. */
  static CusumNull calibrate(Kind kind, SplittableRandom random) {
    double theta = exponent(kind);
    double[] climbs = new double[LEVELS];
    double sum = 0;
    double peak = 0;
    for (int i = 0; i < DRAWS; i++) {
      double x = Math.clamp(Student.draw(random), -kind.clip(), kind.clip());
      sum = Math.max(0, sum + x - kind.k());
      if (sum > 0) {
        peak = Math.max(peak, sum);
      } else if (peak > 0) {
        for (int level = 0; level < LEVELS; level++) {
          climbs[level] += peak >= LOWEST_LEVEL + level ? 1 : 0;
        }
        peak = 0;
      }
    }
    double prefactor = 0;
    for (int level = 0; level < LEVELS; level++) {
      double rate = climbs[level] / DRAWS;
      prefactor = Math.max(prefactor, rate * Math.exp(theta * (LOWEST_LEVEL + level)));
    }
    return new CusumNull(kind, theta, prefactor);
  }

  private static double exponent(Kind kind) {
    double low = 0.05;
    double high = 4;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (excess(kind, middle) > 0) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private static double excess(Kind kind, double theta) {
    double width = 2 * kind.clip() / SLICES;
    double inside = 0;
    double sum = 0;
    for (int i = 0; i < SLICES; i++) {
      double x = -kind.clip() + (i + 0.5) * width;
      double weight = Student.density(x) * width;
      inside += weight;
      sum += weight * Math.exp(theta * (x - kind.k()));
    }
    double tail = (1 - inside) / 2;
    return sum
        + tail
            * (Math.exp(theta * (kind.clip() - kind.k()))
                + Math.exp(-theta * (kind.clip() + kind.k())))
        - 1;
  }

  Kind kind() {
    return kind;
  }

  /** Climbs to the level or beyond per reading, of the two sides together. */
  double rate(double level) {
    return Math.min(1, 2 * prefactor * Math.exp(-theta * level));
  }

  /** The level that is climbed to so often. */
  double level(double ratePerReading) {
    return Math.log(2 * prefactor / ratePerReading) / theta;
  }
}
