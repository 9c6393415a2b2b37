package org.orrery.simulator;

/**
 * The faults that can be started by hand, numbered as in the project's fault catalogue. Immutable.
 */
public enum FaultCode {
  /** High-voltage streamer: insulators charge up and leak to one ground plane. */
  F1("high-voltage streamer to ground plane 6"),
  /** High-voltage trip: the supply goes to zero and latches. */
  F4("high-voltage trip"),
  /** Recirculation pump A stops although it is enabled. */
  F5("recirculation pump A stopped: motor contactor open"),
  /** Liquid nitrogen no longer reaches the condenser. */
  F8("liquid-nitrogen supply of the condenser lost"),
  /** A weather front: the atmospheric pressure changes, and nothing is broken. */
  F10("weather front"),
  /** One sensor lies. */
  F21("sensor fault");

  private final String cause;

  FaultCode(String cause) {
    this.cause = cause;
  }

  /** Returns the root cause in plain words. */
  public String cause() {
    return cause;
  }
}
