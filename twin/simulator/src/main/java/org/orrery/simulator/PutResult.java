package org.orrery.simulator;

/** What a device answers to a put. Immutable. */
public sealed interface PutResult {
  /** The device took the value; the effect shows in later readings. */
  record Accepted() implements PutResult {}

  /**
   * The device refused, and nothing changed.
   *
   * @param reason one line for people, such as "pump A: motor contactor open"
   */
  record Refused(String reason) implements PutResult {}
}
