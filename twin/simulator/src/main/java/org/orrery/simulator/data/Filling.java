package org.orrery.simulator.data;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.orrery.simulator.Waveform;
import org.orrery.simulator.plant.SimRandom;

/**
 * Collects what a histogram may expect in each bin, and then draws each bin by Poisson's law. Used
 * again for one histogram after another; not thread-safe.
 */
final class Filling {
  private static final double FAR = 6.0;

  private double[] expected = new double[0];
  private double[] drawn = new double[0];
  private double outside;
  private Axis x;

  Filling(HistogramSpec first) {
    this.x = first.x();
    start(first);
  }

  /** Begins anew. */
  void start(HistogramSpec spec) {
    x = spec.x();
    if (expected.length != spec.bins()) {
      expected = new double[spec.bins()];
      drawn = new double[spec.bins()];
    }
    Arrays.fill(expected, 0.0);
    outside = 0.0;
  }

  /** Expects {@code n} more entries in a bin. */
  void add(int bin, double n) {
    expected[bin] += n;
  }

  /** Expects {@code n} more entries at one value. */
  void addAt(double value, double n) {
    int bin = x.bin(value);
    if (bin < 0 || bin >= x.bins()) {
      outside += n;
    } else {
      expected[bin] += n;
    }
  }

  /** Expects {@code n} more entries around {@code mean}, normally spread. */
  void addNormal(double mean, double sigma, double n) {
    int first = Math.clamp(x.bin(mean - FAR * sigma), 0, x.bins() - 1);
    int last = Math.clamp(x.bin(mean + FAR * sigma), 0, x.bins() - 1);
    double below = Normal.cumulative((x.edge(first) - mean) / sigma);
    double inside = 0.0;
    for (int bin = first; bin <= last; bin++) {
      double next = Normal.cumulative((x.edge(bin + 1) - mean) / sigma);
      expected[bin] += n * (next - below);
      inside += next - below;
      below = next;
    }
    outside += n * (1.0 - inside);
  }

  /** Expects {@code n} more entries with this share below a value; the share ends at 1. */
  void addShares(DoubleUnaryOperator shareBelow, double n) {
    double below = shareBelow.applyAsDouble(x.low());
    double inside = 0.0;
    for (int bin = 0; bin < x.bins(); bin++) {
      double next = shareBelow.applyAsDouble(x.edge(bin + 1));
      expected[bin] += n * (next - below);
      inside += next - below;
      below = next;
    }
    outside += n * (1.0 - inside);
  }

  /** Expects {@code n} more entries whose whole number, from 0, follows Poisson's law. */
  void addPoisson(double mean, double n) {
    double sigma = Math.sqrt(mean);
    double inside = 0.0;
    int first = (int) Math.max(0.0, Math.ceil(mean - 8.0 * sigma - 10.0));
    double log = first * Math.log(Math.max(mean, 1e-300)) - mean - logFactorial(first);
    double share = mean <= 0.0 ? 1.0 : Math.exp(log);
    for (int k = first; k < mean + 8.0 * sigma + 10.0; k++) {
      int bin = x.bin(k);
      if (bin >= 0 && bin < x.bins()) {
        expected[bin] += n * share;
        inside += share;
      }
      share *= mean / (k + 1);
    }
    outside += n * Math.max(0.0, 1.0 - inside);
  }

  private static double logFactorial(int n) {
    double sum = 0.0;
    for (int k = 2; k <= n; k++) {
      sum += Math.log(k);
    }
    return sum;
  }

  /** Draws the contents. */
  Histogram draw(HistogramSpec spec, IntervalWork work, SimRandom random) {
    long entries = random.poisson(outside);
    for (int bin = 0; bin < expected.length; bin++) {
      long count = random.poisson(expected[bin]);
      drawn[bin] = count;
      entries += count;
    }
    return work.histogram(spec, new Waveform(drawn), entries);
  }
}
