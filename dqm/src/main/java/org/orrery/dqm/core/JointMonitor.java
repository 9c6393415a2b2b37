package org.orrery.dqm.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.orrery.contract.facility.ChannelId;

/**
 * Looks at the channels of one subsystem together: the sum of squares of their smoothed,
 * standardised innovations. As channels share the model's errors they are not independent: the mean
 * and the variance of the sum are learnt, and taken to come from one common mode above equal
 * others. The probability is Chernoff's bound for that, so it errs to the careful side. Not
 * thread-safe.
 */
final class JointMonitor {
  /**
   * What a look showed.
   *
   * @param pValue probability of such a look when nothing is wrong
   * @param outside the channels that are out
   */
  record Look(double pValue, List<ChannelId> outside) {
    static final Look NOTHING = new Look(1, List.of());
  }

  private static final double SMOOTHING = 0.5;
  private static final double UNIT = Math.sqrt(SMOOTHING / (2 - SMOOTHING));
  private static final double OUTSIDE = 3;

  /**
   * Two outliers of a heavy tail in one step must not make an alarm; two channels out for two steps
   * do.
   */
  private static final double CLIP = 4;

  private static final double FASTEST_LEARNING = 0.05;
  private static final double LEARNING = 0.002;
  private static final double WINSOR = 5;
  private static final int SEARCH_STEPS = 60;

  private final Map<ChannelId, Double> smoothed = new HashMap<>();
  private double mean = 1;
  private double variance = -1;
  private long looks;

  /**
   * Takes the standardised innovations of one step.
   *
   * @param learn whether nothing is suspected
   */
  Look look(Map<ChannelId, Double> standardised, boolean learn) {
    int count = standardised.size();
    if (count == 0) {
      return Look.NOTHING;
    }
    double sum = 0;
    for (Map.Entry<ChannelId, Double> entry : standardised.entrySet()) {
      double before = smoothed.getOrDefault(entry.getKey(), 0.0);
      double after = before + SMOOTHING * (Math.clamp(entry.getValue(), -CLIP, CLIP) - before);
      smoothed.put(entry.getKey(), after);
      double unit = after / UNIT;
      sum += unit * unit;
    }
    double share = sum / count;
    double spread = variance < 0 ? 2.0 / count : variance;
    double pValue = bound(sum, Math.max(1, mean), Math.max(2.0 / count, spread), count);
    if (learn) {
      learn(share, spread);
    }
    List<ChannelId> outside =
        standardised.keySet().stream()
            .filter(id -> Math.abs(smoothed.getOrDefault(id, 0.0)) / UNIT > OUTSIDE)
            .toList();
    return new Look(pValue, outside);
  }

  /**
   * Chernoff's bound on the probability that a sum of {@code count} squares of normal variables
   * reaches a value.
   *
   * @param mean of one square
   * @param variance of the mean of the squares
   */
  static double bound(double sum, double mean, double variance, int count) {
    double n = count;
    double target = Math.min(variance / 2 / (mean * mean), 1) * n * n;
    // common^2 + (n - common)^2 / (n - 1) = target, for squares of unit mean
    double common = count == 1 ? 1 : 1 + Math.sqrt(Math.max(0, (n - 1) * (target / n - 1)));
    double others = count == 1 ? 0 : Math.max(0, (n - common) / (n - 1));
    double unit = sum / mean;
    if (unit <= n) {
      return 1;
    }
    double low = 0;
    double high = 1 / (2 * common) * (1 - 1e-9);
    for (int i = 0; i < SEARCH_STEPS; i++) {
      double left = low + (high - low) / 3;
      double right = high - (high - low) / 3;
      if (exponent(left, unit, common, others, n) < exponent(right, unit, common, others, n)) {
        high = right;
      } else {
        low = left;
      }
    }
    return Math.min(1, Math.exp(exponent((low + high) / 2, unit, common, others, n)));
  }

  private static double exponent(double t, double unit, double common, double others, double n) {
    return -t * unit
        - 0.5 * Math.log1p(-2 * t * common)
        - 0.5 * (n - 1) * Math.log1p(-2 * t * others);
  }

  private void learn(double share, double spread) {
    looks++;
    double gain = Math.max(LEARNING, Math.min(FASTEST_LEARNING, 1.0 / looks));
    double within = Math.min(share, mean + WINSOR * Math.sqrt(spread));
    double error = within - mean;
    mean += gain * error;
    variance = spread + gain * (error * error - spread);
  }
}
