package org.orrery.contract.time;

/** The time of people, networks, credentials and expiry. Implementations are thread-safe. */
@FunctionalInterface
public interface WallClock {
  /** Wall time now, ns since the epoch. */
  long nowNs();
}
