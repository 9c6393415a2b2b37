package org.orrery.lab.bench;

import java.util.Arrays;

/** Exact percentiles of values that are all kept. Not thread-safe. */
public final class Percentiles {
  private double[] values = new double[1024];
  private int count;

  /** No values yet. */
  public Percentiles() {}

  /** Keeps a value. */
  public void add(double value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** How many values are kept. */
  public int count() {
    return count;
  }

  /**
   * The smallest value that at least this share of all values do not exceed; NaN without values.
   */
  public double at(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * count) - 1;
    return sorted[Math.clamp(rank, 0, count - 1)];
  }

  /** The usual shares at once. */
  public Spread spread() {
    return new Spread(count, at(0), at(0.5), at(0.9), at(0.99), at(1));
  }

  /**
   * Percentiles of {@code count} values, in their unit.
   *
   * @param count how many values
   * @param min the smallest
   * @param p50 the median
   * @param p90 nine in ten do not exceed it
   * @param p99 99 in 100 do not exceed it
   * @param max the largest
   */
  public record Spread(int count, double min, double p50, double p90, double p99, double max) {}
}
