package org.orrery.archive.core;

/** Which intervals answer a question about the past. Stateless. */
public final class Reduction {
  /**
   * From this length on, an interval that may be chosen freely is whole hours: half the points at
   * worst, and a sixtieth of the roll-ups to read.
   */
  private static final long HOURS_FROM_NS = 40 * Rollup.MINUTE_NS;

  private Reduction() {}

  /**
   * The interval that cuts a span into at most so many points: whole minutes or hours, for which
   * roll-ups are kept, unless it is shorter than a minute.
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
    long interval = Math.ceilDiv(toNs - fromNs, (long) Math.max(1, points - 1));
    if (interval < Rollup.MINUTE_NS) {
      return interval;
    }
    return roundUp(interval, interval < HOURS_FROM_NS ? Rollup.MINUTE_NS : Rollup.HOUR_NS);
  }

  /** The next multiple of a unit, both ns; the greatest time where there is none. */
  public static long roundUp(long timeNs, long unitNs) {
    long up = Math.ceilDiv(timeNs, unitNs) * unitNs;
    return up >= timeNs ? up : Long.MAX_VALUE;
  }

  /**
   * Start of the interval of an instant; intervals start at multiples of their length, the first
   * one at the least time.
   */
  public static long startOf(long timeNs, long intervalNs) {
    long start = Math.floorDiv(timeNs, intervalNs) * intervalNs;
    return start <= timeNs ? start : Long.MIN_VALUE;
  }
}
