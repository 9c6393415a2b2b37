package org.orrery.simulator;

/** Which of two equal trains (pump, filter) something concerns. Immutable. */
public enum Train {
  /** The one that normally runs. */
  A,
  /** The one that stands by. */
  B
}
