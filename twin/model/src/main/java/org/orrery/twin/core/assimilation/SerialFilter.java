package org.orrery.twin.core.assimilation;

/**
 * The serial square-root ensemble filter of Whitaker and Hamill (2002): one observation after the
 * other, no perturbed observations, localised by a mask. Stateless.
 */
public final class SerialFilter {
  private SerialFilter() {}

  /**
   * Corrects an ensemble by one observation after another.
   *
   * @param states corrected in place, {@code [row][member]}
   * @param predicted what each member expects of each observation, {@code [observation][member]};
   *     corrected along with the states
   * @param values the observations
   * @param variances their error variances; an infinite one leaves the observation out
   * @param mayCorrect whether an observation may correct a state, {@code [observation][row]}
   */
  public static void assimilate(
      double[][] states,
      double[][] predicted,
      double[] values,
      double[] variances,
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
          correct(states[row], anomaly, innovation, total, reduction);
        }
      }
      for (int other = o + 1; other < values.length; other++) {
        if (shareState(mayCorrect[o], mayCorrect[other])) {
          correct(predicted[other], anomaly, innovation, total, reduction);
        }
      }
    }
  }

  private static void correct(
      double[] row, double[] anomaly, double innovation, double total, double reduction) {
    int members = row.length;
    double covariance = 0.0;
    for (int m = 0; m < members; m++) {
      covariance += row[m] * anomaly[m];
    }
    double gain = covariance / (members - 1) / total;
    if (gain == 0.0) {
      return;
    }
    for (int m = 0; m < members; m++) {
      row[m] += gain * (innovation - reduction * anomaly[m]);
    }
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
