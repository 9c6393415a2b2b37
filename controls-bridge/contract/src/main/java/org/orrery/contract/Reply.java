package org.orrery.contract;

/**
 * The answer to a request that may be declined for a reason a person can act on; bugs are
 * exceptions, not replies.
 *
 * @param <T> what is given when the request is granted
 */
public sealed interface Reply<T> {
  /** Granted. */
  record Done<T>(T value) implements Reply<T> {}

  /** Declined; the reason names the thing, the rule and the remedy. */
  record Declined<T>(String reason) implements Reply<T> {}
}
