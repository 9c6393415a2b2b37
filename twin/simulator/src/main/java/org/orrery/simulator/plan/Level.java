package org.orrery.simulator.plan;

/** Which of the three values of a number. */
public enum Level {
  /** The lowest value that an informed person would still defend. */
  LOW,
  /** The best single value. */
  NOMINAL,
  /** The highest value that an informed person would still defend. */
  HIGH
}
