package org.orrery.simulator.plan;

import java.util.List;

/** What kind of number an assumption is, which fixes its units and its bounds. */
public enum Measure {
  /** How often something starts, per month of 30.4375 days. */
  RATE(Double.POSITIVE_INFINITY, "1/mo"),
  /** How many per day. */
  PER_DAY(Double.POSITIVE_INFINITY, "1/d"),
  /** A length of time. */
  TIME(Double.POSITIVE_INFINITY, "s min h d"),
  /** A share or a probability, 0 to 1. */
  SHARE(1.0, "1"),
  /** A count or a factor. */
  NUMBER(Double.POSITIVE_INFINITY, "1"),
  /** A share in per cent, 0 to 100. */
  PERCENT(100.0, "%");

  private final double most;
  private final String units;

  Measure(double most, String units) {
    this.most = most;
    this.units = units;
  }

  /** Returns the largest value allowed. The smallest is 0. */
  public double most() {
    return most;
  }

  /** Returns the UCUM codes allowed. */
  public List<String> units() {
    return List.of(units.split(" ", -1));
  }
}
