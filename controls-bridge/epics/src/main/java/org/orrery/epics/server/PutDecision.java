package org.orrery.epics.server;

/** What a device says to a put. */
public sealed interface PutDecision {
  /** Taken. */
  record Accepted() implements PutDecision {}

  /**
   * Not taken.
   *
   * @param message reaches the client as the error message
   */
  record Refused(String message) implements PutDecision {}
}
