package org.orrery.simulator.data;

/** The normal distribution, tabulated once. Stateless and thread-safe. */
final class Normal {
  private static final double FAR = 6.0;
  private static final int PER_UNIT = 256;
  private static final double[] CUMULATIVE = tabulate();

  private Normal() {}

  private static double[] tabulate() {
    int points = (int) (2.0 * FAR * PER_UNIT) + 1;
    double[] table = new double[points];
    double step = 1.0 / PER_UNIT;
    for (int i = 1; i < points; i++) {
      double x = -FAR + i * step;
      double mid = density(x - 0.5 * step);
      table[i] = table[i - 1] + step / 6.0 * (density(x - step) + 4.0 * mid + density(x));
    }
    return table;
  }

  private static double density(double x) {
    return Math.exp(-0.5 * x * x) / Math.sqrt(2.0 * Math.PI);
  }

  /** Share below {@code x} standard deviations, to 1e-6. */
  static double cumulative(double x) {
    double at = (x + FAR) * PER_UNIT;
    if (at <= 0.0) {
      return 0.0;
    }
    if (at >= CUMULATIVE.length - 1) {
      return 1.0;
    }
    int below = (int) at;
    return CUMULATIVE[below] + (at - below) * (CUMULATIVE[below + 1] - CUMULATIVE[below]);
  }
}
