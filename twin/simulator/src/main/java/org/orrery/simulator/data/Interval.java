package org.orrery.simulator.data;

/**
 * One interval of plant time on the grid of its length since the epoch. Immutable.
 *
 * @param number counts up by one from interval to interval
 * @param lengthNs length, ns
 */
public record Interval(long number, long lengthNs) {
  public Interval {
    if (lengthNs <= 0) {
      throw new IllegalArgumentException("an interval needs a length, got " + lengthNs + " ns");
    }
  }

  /** The interval in which a plant time lies. */
  public static Interval at(long timeNs, long lengthNs) {
    return new Interval(Math.floorDiv(timeNs, lengthNs), lengthNs);
  }

  /** Its begin, which belongs to it, plant time, ns since the epoch. */
  public long fromNs() {
    return number * lengthNs;
  }

  /** Its end, which does not, plant time, ns since the epoch. */
  public long toNs() {
    return (number + 1) * lengthNs;
  }

  /** Its length, s. */
  public double seconds() {
    return lengthNs * 1e-9;
  }

  /** The interval after it. */
  public Interval next() {
    return new Interval(number + 1, lengthNs);
  }
}
