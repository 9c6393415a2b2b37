package org.orrery.twin.core.assimilation;

/**
 * The serial square-root ensemble filter of Whitaker and Hamill (2002): one observation after the
 * other, no perturbed observations, localised by a mask. Stateless.
 */
public final class SerialFilter {
  /** Chance correlations up to twice the expected size (in the root) are left out entirely. */
  private static final double CHANCE_FACTOR = 4.0;

  private SerialFilter() {}

  /**
   * Corrects an ensemble by one observation after another.
   *
   * @param states corrected in place, {@code [row][member]}
   * @param predicted what each member expects of each observation, {@code [observation][member]};
   *     corrected along with the states
   * @param values the observations
   * @param variances their error variances; an infinite one leaves the observation out
   * @param shrink whether to play down correlations that an ensemble of this size shows by chance
   * @param mayCorrect whether an observation may correct a state, {@code [observation][row]}
   */
  public static void assimilate(
      double[][] states,
      double[][] predicted,
      double[] values,
      double[] variances,
      boolean shrink,
      boolean[][] mayCorrect) {
    int members = states[0].length;
    double[] anomaly = new double[members];
    for (int o = 0; o < values.length; o++) {
      if (Double.isInfinite(variances[o])) {
        continue;
      }
      double mean = Ensemble.mean(predicted[o], members);
      double spread = 0.0;
      for (int m = 0; m < members; m++) {
        anomaly[m] = predicted[o][m] - mean;
        spread += anomaly[m] * anomaly[m];
      }
      spread /= members - 1;
      if (spread <= 0.0) {
        continue;
      }
      double total = spread + variances[o];
      double innovation = values[o] - mean;
      // The factor by which anomalies move less than the mean, so that the spread comes out right.
      double reduction = 1.0 / (1.0 + Math.sqrt(variances[o] / total));
      for (int row = 0; row < states.length; row++) {
        if (mayCorrect[o][row]) {
          correct(states[row], anomaly, innovation, total, reduction, shrink);
        }
      }
      for (int other = o + 1; other < values.length; other++) {
        if (shareState(mayCorrect[o], mayCorrect[other])) {
          correct(predicted[other], anomaly, innovation, total, reduction, shrink);
        }
      }
    }
  }

  private static void correct(
      double[] row,
      double[] anomaly,
      double innovation,
      double total,
      double reduction,
      boolean shrink) {
    int members = row.length;
    double mean = Ensemble.mean(row, members);
    double covariance = 0.0;
    double spread = 0.0;
    double seen = 0.0;
    for (int m = 0; m < members; m++) {
      double own = row[m] - mean;
      covariance += own * anomaly[m];
      spread += own * own;
      seen += anomaly[m] * anomaly[m];
    }
    double gain = covariance / (members - 1) / total;
    if (shrink && gain != 0.0) {
      gain *= trust(covariance * covariance / (spread * seen), members);
    }
    if (gain == 0.0) {
      return;
    }
    for (int m = 0; m < members; m++) {
      row[m] += gain * (innovation - reduction * anomaly[m]);
    }
  }

  /**
   * How far a sample correlation can be believed: uncorrelated quantities show a square of 1/(n-1)
   * by chance, and that much is taken off.
   */
  private static double trust(double squaredCorrelation, int members) {
    double chance = (1.0 - squaredCorrelation) / (members - 1);
    return Math.max(0.0, 1.0 - CHANCE_FACTOR * chance / squaredCorrelation);
  }

  private static boolean shareState(boolean[] first, boolean[] second) {
    for (int row = 0; row < first.length; row++) {
      if (first[row] && second[row]) {
        return true;
      }
    }
    return false;
  }
}
