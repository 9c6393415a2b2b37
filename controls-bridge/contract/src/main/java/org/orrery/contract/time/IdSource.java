package org.orrery.contract.time;

/**
 * Makes identifiers that sort by the time of their making and never repeat. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface IdSource {
  /** The next identifier, within the rule of {@link org.orrery.contract.Id}. */
  String next();
}
