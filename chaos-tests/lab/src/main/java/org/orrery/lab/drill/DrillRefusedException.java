package org.orrery.lab.drill;

/** A drill must not be started there; the message says why and what to do instead. */
public final class DrillRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, and what to do instead. */
  public DrillRefusedException(String message) {
    super(message);
  }
}
