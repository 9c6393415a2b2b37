package org.orrery.simulator.plan;

/** How hard a fault is to recognise; a row of the skills. */
public enum Difficulty {
  /** One signal names the cause. */
  OBVIOUS,
  /** The signals stand in several systems. */
  COUPLED,
  /** It looks like worse data. */
  SUBTLE,
  /** It looks like a fault and is none, or only a sensor. */
  DECOY
}
