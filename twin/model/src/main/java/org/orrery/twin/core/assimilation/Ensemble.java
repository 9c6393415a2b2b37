package org.orrery.twin.core.assimilation;

import java.util.Arrays;

/**
 * A batch of members: {@code [row][member]}. Mutable, not thread-safe; {@link #copy} to hand it
 * over.
 */
public final class Ensemble {
  private final double[][] rows;
  private final int members;

  /** All zeros. */
  public Ensemble(int rowCount, int members) {
    this.rows = new double[rowCount][members];
    this.members = members;
  }

  /** The rows themselves, for the backends. */
  public double[][] rows() {
    return rows;
  }

  /** One row itself. */
  public double[] row(int index) {
    return rows[index];
  }

  /** Number of members. */
  public int members() {
    return members;
  }

  /** An independent copy. */
  public Ensemble copy() {
    Ensemble copy = new Ensemble(rows.length, members);
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, copy.rows[r], 0, members);
    }
    return copy;
  }

  /** A larger or smaller ensemble in which member {@code i} is this one's {@code sources[i]}. */
  public Ensemble select(int[] sources) {
    Ensemble selected = new Ensemble(rows.length, sources.length);
    for (int r = 0; r < rows.length; r++) {
      for (int m = 0; m < sources.length; m++) {
        selected.rows[r][m] = rows[r][sources[m]];
      }
    }
    return selected;
  }

  /** Mean of a row. */
  public double mean(int row) {
    return mean(rows[row], members);
  }

  /** Standard deviation of a row, with n - 1. */
  public double deviation(int row) {
    return Math.sqrt(variance(rows[row], members));
  }

  /** Mean of the first values. */
  public static double mean(double[] values, int count) {
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  /** Variance of the first values, with n - 1. */
  public static double variance(double[] values, int count) {
    double mean = mean(values, count);
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
      double difference = values[i] - mean;
      sum += difference * difference;
    }
    return count < 2 ? 0.0 : sum / (count - 1);
  }

  /** Whether every number is finite. */
  public boolean isFinite() {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
  }
}
