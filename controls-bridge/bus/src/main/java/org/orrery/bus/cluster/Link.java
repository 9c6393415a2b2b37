package org.orrery.bus.cluster;

/**
 * Counts what goes to one other process and comes from it, so that a lost message is noticed: the
 * event bus itself says nothing. Thread-safe.
 */
final class Link {
  private long sent;
  private long received = -1;
  private long claimed = -1;

  /** Number of the next message to the other. */
  synchronized long next() {
    return ++sent;
  }

  synchronized long sent() {
    return sent;
  }

  /** A message came; true where one before it did not. */
  synchronized boolean isGapBefore(long number) {
    boolean gap = received >= 0 && number > received + 1;
    received = Math.max(received, number);
    return gap;
  }

  /**
   * The other says how many it has sent so far; true where some of what it had sent two seconds ago
   * never came.
   */
  synchronized boolean isShortOf(long sentByOther) {
    boolean lost = claimed > Math.max(received, 0);
    if (lost) {
      received = Math.max(received, claimed);
    }
    claimed = sentByOther;
    return lost;
  }
}
