package org.orrery.simulator;

/**
 * The faults that can be started by hand, numbered as in the project's fault catalogue. Immutable.
 */
public enum FaultCode {
  /** High-voltage streamer: insulators charge up and leak to one ground plane. */
  F1("high-voltage streamer to ground plane 6"),
  /** Leak or noise on the supply side of the high-voltage filter. */
  F3("high-voltage supply leaking before its filter"),
  /** High-voltage trip: the supply goes to zero and latches. */
  F4("high-voltage trip"),
  /** A recirculation pump stops although it is enabled. */
  F5("recirculation pump stopped: motor contactor open"),
  /** The filter in one train no longer removes impurities. */
  F6("filter saturated"),
  /** Liquid nitrogen no longer reaches the condenser. */
  F8("liquid-nitrogen supply of the condenser lost"),
  /** The nitrogen valve of the condenser stays where it is. */
  F9("nitrogen valve of the condenser stuck"),
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
