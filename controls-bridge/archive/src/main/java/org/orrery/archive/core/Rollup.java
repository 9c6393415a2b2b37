package org.orrery.archive.core;

import java.util.OptionalDouble;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;

/**
 * What remains of some samples of one channel. Merging is commutative and associative (sums up to
 * rounding), so that late samples need no special care.
 *
 * @param n how many numbers
 * @param min smallest; positive infinity for none
 * @param max largest; negative infinity for none
 * @param sum their sum
 * @param m2 sum of their squared deviations from their mean; NaN where it was not recorded
 * @param last the one with the greatest source time, then sequence; NaN for none
 * @param lastNs its source time, plant ns
 * @param lastSequence its sequence
 * @param lost updates known to be lost before any of the samples
 * @param severity the worst of all samples, usable or not
 */
public record Rollup(
    long n,
    double min,
    double max,
    double sum,
    double m2,
    double last,
    long lastNs,
    long lastSequence,
    long lost,
    Severity severity) {

  /** Length of the shortest interval for which roll-ups are kept, plant ns. */
  public static final long MINUTE_NS = 60_000_000_000L;

  /** Length of the other interval for which roll-ups are kept, plant ns. */
  public static final long HOUR_NS = 60 * MINUTE_NS;

  /**
   * Larger numbers, such as the largest double in the place of "no value", enter no statistic, and
   * smaller ones enter as 0: their squares would leave the range of a double, over which PostgreSQL
   * refuses the whole batch, and with it all that comes behind it.
   */
  static final double LARGEST = 1e100;

  static final double SMALLEST = 1e-100;

  /**
   * The number of a sample where it may enter a statistic: finite, of a magnitude that can be
   * squared and summed, and neither BAD nor DISCONNECTED.
   */
  public static OptionalDouble usable(Sample sample) {
    boolean trusted = sample.quality() == Quality.GOOD || sample.quality() == Quality.STALE;
    OptionalDouble number = sample.value().asDouble();
    if (!trusted || number.isEmpty()) {
      return OptionalDouble.empty();
    }
    double magnitude = Math.abs(number.getAsDouble());
    if (magnitude < SMALLEST) {
      return OptionalDouble.of(0);
    }
    return magnitude <= LARGEST ? number : OptionalDouble.empty();
  }

  /** Of one sample. */
  public static Rollup of(Sample sample) {
    OptionalDouble number = usable(sample);
    if (number.isEmpty()) {
      return new Rollup(
          0,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          0,
          0,
          Double.NaN,
          Long.MIN_VALUE,
          Long.MIN_VALUE,
          sample.lostBefore(),
          sample.severity());
    }
    double value = number.getAsDouble();
    return new Rollup(
        1,
        value,
        value,
        value,
        0,
        value,
        sample.sourceTimeNs(),
        sample.sequence(),
        sample.lostBefore(),
        sample.severity());
  }

  /** Of the samples of both. */
  public Rollup merge(Rollup other) {
    boolean otherIsLast =
        other.lastNs > lastNs || (other.lastNs == lastNs && other.lastSequence > lastSequence);
    Rollup later = otherIsLast ? other : this;
    return new Rollup(
        n + other.n,
        Math.min(min, other.min),
        Math.max(max, other.max),
        sum + other.sum,
        mergedM2(other),
        later.last,
        later.lastNs,
        later.lastSequence,
        lost + other.lost,
        severity.compareTo(other.severity) >= 0 ? severity : other.severity);
  }

  /**
   * Each part's deviations are about its own mean; the last term moves them to the common one (T.
   * F. Chan, G. H. Golub, R. J. LeVeque, 1983). A sum of squares would cancel where the mean is
   * large.
   */
  private double mergedM2(Rollup other) {
    if (n == 0 || other.n == 0) {
      return n == 0 ? other.m2 : m2;
    }
    double apart = other.mean() - mean();
    return m2 + other.m2 + apart * apart * n / (n + other.n) * other.n;
  }

  /** Mean of the numbers; NaN for none. */
  public double mean() {
    return n == 0 ? Double.NaN : sum / n;
  }

  /** Standard deviation of the sample, with n - 1; 0 for one number, NaN for none. */
  public double deviation() {
    if (n < 2) {
      return n == 0 ? Double.NaN : 0;
    }
    return Math.sqrt(m2 / (n - 1));
  }
}
