package org.orrery.simulator.plan;

/** The ways of operating that the benchmark compares. Their rules stand in the assumptions. */
public enum Arm {
  /** Alarm limits as delivered, nothing else. */
  FIXED_LIMITS,
  /** A good conventional crew. */
  GOOD_CREW,
  /** The same people with Orrery. */
  ORRERY,
  /** Orrery without its twin. */
  ORRERY_WITHOUT_TWIN,
  /** Orrery, every step waits for a person. */
  ORRERY_WITHOUT_AUTONOMY,
  /** Orrery without its assistant. */
  ORRERY_WITHOUT_ASSISTANT,
  /** Knows every fault at once. */
  ORACLE
}
