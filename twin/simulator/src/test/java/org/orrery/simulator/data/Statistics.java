package org.orrery.simulator.data;

import java.util.Arrays;

/** What the tests need to compare histograms. Stateless. */
final class Statistics {
  private static final double LEAST_IN_BIN = 16.0;

  private Statistics() {}

  /**
   * Probability that two histograms of the same shape differ at least as much, by chi-squared; NaN
   * where there is too little. Neighbouring bins are taken together.
   *
   * @param normalised whether only the shapes are compared
   */
  static double probability(Histogram one, Histogram other, boolean normalised) {
    double a = one.sum();
    double b = other.sum();
    double share = normalised ? a / (a + b) : 0.5;
    double chi = 0.0;
    int bins = 0;
    double inOne = 0.0;
    double inOther = 0.0;
    for (int i = 0; i < one.contents().size(); i++) {
      inOne += one.contents().at(i);
      inOther += other.contents().at(i);
      double both = inOne + inOther;
      if (both * Math.min(share, 1.0 - share) >= LEAST_IN_BIN) {
        double off = inOne - share * both;
        chi += off * off / (both * share * (1.0 - share));
        bins++;
        inOne = 0.0;
        inOther = 0.0;
      }
    }
    int freedom = bins - (normalised ? 1 : 0);
    return freedom < 2 ? Double.NaN : upperGamma(0.5 * freedom, 0.5 * chi);
  }

  /** Regularised upper incomplete gamma function (Numerical Recipes, section 6.2). */
  private static double upperGamma(double a, double x) {
    if (x < a + 1.0) {
      double term = 1.0 / a;
      double sum = term;
      for (int n = 1; n < 2_000 && term > 1e-15 * sum; n++) {
        term *= x / (a + n);
        sum += term;
      }
      return 1.0 - sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
    }
    double b = x + 1.0 - a;
    double c = 1e300;
    double d = 1.0 / b;
    double h = d;
    for (int i = 1; i < 2_000; i++) {
      double an = -i * (i - a);
      b += 2.0;
      d = 1.0 / (an * d + b);
      c = b + an / c;
      double step = d * c;
      h *= step;
      if (Math.abs(step - 1.0) < 1e-14) {
        break;
      }
    }
    return h * Math.exp(-x + a * Math.log(x) - logGamma(a));
  }

  private static double logGamma(double x) {
    double shift = 0.0;
    double at = x;
    while (at < 20.0) {
      shift -= Math.log(at);
      at += 1.0;
    }
    double series = 1.0 / (12.0 * at) - 1.0 / (360.0 * at * at * at);
    return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2.0 * Math.PI) + series;
  }

  /** Largest distance of the sorted values from a uniform distribution, times the root of n. */
  static double kolmogorov(double[] probabilities) {
    double[] sorted = Arrays.stream(probabilities).filter(p -> !Double.isNaN(p)).sorted().toArray();
    double most = 0.0;
    for (int i = 0; i < sorted.length; i++) {
      most = Math.max(most, Math.abs(sorted[i] - (i + 0.5) / sorted.length));
    }
    return most * Math.sqrt(sorted.length);
  }
}
