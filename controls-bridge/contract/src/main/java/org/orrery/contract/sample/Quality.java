package org.orrery.contract.sample;

/** How far a sample can be used. */
public enum Quality {
  GOOD,
  /** Received, but its source time is older than the channel's cadence allows. */
  STALE,
  /**
   * The source says INVALID, the number is none (NaN or infinite), or the channel's unit or type
   * does not match the description.
   */
  BAD,
  /** The channel is disconnected; the value is the last one known. */
  DISCONNECTED
}
