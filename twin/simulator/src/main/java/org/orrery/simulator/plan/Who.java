package org.orrery.simulator.plan;

/** Who a repair needs. */
public enum Who {
  /** Nobody. */
  SCRIPT,
  /** The people in the control room. */
  SHIFTER,
  /** An expert, from anywhere. */
  EXPERT,
  /** An expert at the detector. */
  EXPERT_ON_SITE,
  /** A company. */
  SUPPLIER
}
