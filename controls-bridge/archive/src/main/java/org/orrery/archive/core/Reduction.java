package org.orrery.archive.core;

/** Which intervals answer a question about the past. Stateless. */
public final class Reduction {
  private Reduction() {}

  /**
   * An interval that roll-ups can answer: asked intervals of a minute or more become whole minutes,
   * shorter ones stay as they are and are computed from the samples.
   *
   * @param askedNs the asked interval, plant ns
   * @throws IllegalArgumentException when it is not positive
   */
  public static long intervalNs(long askedNs) {
    if (askedNs <= 0) {
      throw new IllegalArgumentException("interval must be positive: " + askedNs + " ns");
    }
    if (askedNs < Rollup.MINUTE_NS) {
      return askedNs;
    }
    return Math.ceilDiv(askedNs, Rollup.MINUTE_NS) * Rollup.MINUTE_NS;
  }

  /**
   * The interval that cuts a span into at most so many points.
   *
   * @param fromNs first instant, plant ns
   * @param toNs last instant, exclusive, after {@code fromNs}
   * @param points wanted, at least 1
   */
  public static long intervalFor(long fromNs, long toNs, int points) {
    if (points < 1 || toNs <= fromNs) {
      throw new IllegalArgumentException(
          "need a span and at least one point: " + fromNs + " to " + toNs + ", " + points);
    }
    // One point fewer: intervals start at multiples of their length, not at the first instant.
    return intervalNs(Math.ceilDiv(toNs - fromNs, (long) Math.max(1, points - 1)));
  }

  /** Start of the interval of an instant; intervals start at multiples of their length. */
  public static long startOf(long timeNs, long intervalNs) {
    return Math.floorDiv(timeNs, intervalNs) * intervalNs;
  }
}
