package org.orrery.simulator.data;

/**
 * Landau's distribution, its scale being 1: density {@code 1/pi int exp(-t ln t - x t) sin(pi t)
 * dt} over t from 0. Tabulated once; stateless and thread-safe.
 */
final class Landau {
  /** Where the density is highest. */
  static final double MODE = -0.2227829812564085;

  private static final double LOW = -3.6;
  private static final double HIGH = 60.0;
  private static final int PER_UNIT = 20;
  private static final int POINTS = (int) Math.round((HIGH - LOW) * PER_UNIT) + 1;
  private static final double STEP_T = 0.02;
  private static final double MOST_T = 40.0;
  private static final double NEGLIGIBLE = -40.0;
  private static final int STEPS_T = (int) Math.round(MOST_T / STEP_T);
  private static final double[] WEIGHT = new double[STEPS_T];
  private static final double[] T_LOG_T = new double[STEPS_T];

  static {
    for (int i = 1; i < STEPS_T; i++) {
      double t = i * STEP_T;
      WEIGHT[i] = (i % 2 == 1 ? 4.0 : 2.0) * STEP_T / 3.0 / Math.PI * Math.sin(Math.PI * t);
      T_LOG_T[i] = t * Math.log(t);
    }
  }

  private static final double[] CUMULATIVE = tabulate();

  private Landau() {}

  /** Density, by Simpson's rule. */
  static double density(double x) {
    double sum = 0.0;
    for (int i = 1; i < STEPS_T; i++) {
      double exponent = -T_LOG_T[i] - x * i * STEP_T;
      if (exponent > NEGLIGIBLE) {
        sum += WEIGHT[i] * Math.exp(exponent);
      }
    }
    return Math.max(0.0, sum);
  }

  private static double[] tabulate() {
    double[] table = new double[POINTS];
    double before = density(LOW);
    for (int i = 1; i < POINTS; i++) {
      double here = density(LOW + (double) i / PER_UNIT);
      table[i] = table[i - 1] + 0.5 * (before + here) / PER_UNIT;
      before = here;
    }
    // Beyond the table the tail falls as 1/x.
    double scale = (1.0 - 1.0 / HIGH) / table[POINTS - 1];
    for (int i = 0; i < POINTS; i++) {
      table[i] *= scale;
    }
    return table;
  }

  /** Share below {@code x}. */
  static double cumulative(double x) {
    double at = (x - LOW) * PER_UNIT;
    if (at <= 0.0) {
      return 0.0;
    }
    if (at >= POINTS - 1) {
      return 1.0 - 1.0 / x;
    }
    int below = (int) at;
    return CUMULATIVE[below] + (at - below) * (CUMULATIVE[below + 1] - CUMULATIVE[below]);
  }
}
