package org.orrery.simulator.data;

/**
 * A sum of Landau distributions, smeared by one Gaussian, as a table of its share below a value.
 * Immutable.
 */
final class SmearedLandau {
  private static final int STEPS = 1_024;
  private static final double REACH = 4.0;

  private final double step;
  private final double[] cumulative = new double[STEPS + 1];

  /**
   * @param mostProbable most probable values of the parts, shape (n); each part weighs the same
   * @param relativeWidth Landau width of a part over its most probable value
   * @param sigma width of the Gaussian, above 0
   * @param high upper end of the table; it begins at 0
   */
  SmearedLandau(double[] mostProbable, double relativeWidth, double sigma, double high) {
    this.step = high / STEPS;
    int reach = (int) Math.ceil(REACH * sigma / step);
    double[] sharp = new double[STEPS + 1 + 2 * reach];
    for (int i = 0; i < sharp.length; i++) {
      double x = (i - reach) * step;
      double sum = 0.0;
      for (double peak : mostProbable) {
        sum += Landau.cumulative((x - peak) / (relativeWidth * peak) + Landau.MODE);
      }
      sharp[i] = sum / mostProbable.length;
    }
    double[] kernel = new double[2 * reach + 1];
    double norm = 0.0;
    for (int k = 0; k < kernel.length; k++) {
      double z = (k - reach) * step / sigma;
      kernel[k] = Math.exp(-0.5 * z * z);
      norm += kernel[k];
    }
    for (int i = 0; i <= STEPS; i++) {
      double sum = 0.0;
      for (int k = 0; k < kernel.length; k++) {
        sum += kernel[k] * sharp[i + k];
      }
      cumulative[i] = sum / norm;
    }
  }

  /** Share below {@code x}; beyond the table that at its end. */
  double cumulative(double x) {
    double at = x / step;
    if (at <= 0.0) {
      return cumulative[0];
    }
    if (at >= STEPS) {
      return cumulative[STEPS];
    }
    int below = (int) at;
    return cumulative[below] + (at - below) * (cumulative[below + 1] - cumulative[below]);
  }
}
