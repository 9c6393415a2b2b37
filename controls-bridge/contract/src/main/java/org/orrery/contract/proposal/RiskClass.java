package org.orrery.contract.proposal;

/** How dangerous a plan is. */
public enum RiskClass {
  /** Reversible, rehearsed, inside normal operation: one expert. */
  NORMAL,
  /** Not rehearsed, not reversible, or outside normal operation: two different experts. */
  HIGH;

  /** How many different people must approve. */
  public int approvalsNeeded() {
    return switch (this) {
      case NORMAL -> 1;
      case HIGH -> 2;
    };
  }
}
