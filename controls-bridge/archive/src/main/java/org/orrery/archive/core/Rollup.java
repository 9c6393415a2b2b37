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
 * @param last the one with the greatest source time, then sequence; NaN for none
 * @param lastNs its source time, plant ns
 * @param lastSequence its sequence
 * @param severity the worst of all samples, usable or not
 */
public record Rollup(
    long n,
    double min,
    double max,
    double sum,
    double last,
    long lastNs,
    long lastSequence,
    Severity severity) {

  /** Length of the shortest interval for which roll-ups are kept, plant ns. */
  public static final long MINUTE_NS = 60_000_000_000L;

  /** Start of the minute of an instant, plant ns. */
  public static long minuteOf(long timeNs) {
    return Math.floorDiv(timeNs, MINUTE_NS) * MINUTE_NS;
  }

  /**
   * The number of a sample where it may enter a statistic: finite, and neither BAD nor
   * DISCONNECTED.
   */
  public static OptionalDouble usable(Sample sample) {
    boolean trusted = sample.quality() == Quality.GOOD || sample.quality() == Quality.STALE;
    OptionalDouble number = sample.value().asDouble();
    return trusted && number.isPresent() && Double.isFinite(number.getAsDouble())
        ? number
        : OptionalDouble.empty();
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
          Double.NaN,
          Long.MIN_VALUE,
          Long.MIN_VALUE,
          sample.severity());
    }
    double value = number.getAsDouble();
    return new Rollup(
        1, value, value, value, value, sample.sourceTimeNs(), sample.sequence(), sample.severity());
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
        later.last,
        later.lastNs,
        later.lastSequence,
        severity.compareTo(other.severity) >= 0 ? severity : other.severity);
  }

  /** Mean of the numbers; NaN for none. */
  public double mean() {
    return n == 0 ? Double.NaN : sum / n;
  }
}
