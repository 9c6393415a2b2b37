package org.orrery.gateway.core;

/**
 * Which of the commands that were turned away are written down, so that a flood of forged ones can
 * neither fill the disk nor hold up a genuine one: twenty at once, then one a minute, and ten
 * thousand in one journal, some 20 MB of its 256 MB at most. What is left out is counted in the
 * next entry. Not thread-safe.
 */
final class TurnedAwayQuota {
  static final int AT_ONCE = 20;
  static final int IN_ONE_JOURNAL = 10_000;
  private static final long ONE_MORE_NS = 60_000_000_000L;

  private int written;
  private int ready = AT_ONCE;
  private long countedNs;
  private long omitted;

  /**
   * @param written how many stand in the journal already
   * @param wallNs now, wall ns
   */
  TurnedAwayQuota(int written, long wallNs) {
    this.written = written;
    this.countedNs = wallNs;
  }

  /** True where this one is written down. */
  boolean admits(long wallNs) {
    long more = Math.max(0, (wallNs - countedNs) / ONE_MORE_NS);
    countedNs = wallNs < countedNs ? wallNs : countedNs + more * ONE_MORE_NS;
    ready = (int) Math.min(AT_ONCE, ready + more);
    if (ready == 0 || written >= IN_ONE_JOURNAL) {
      omitted++;
      return false;
    }
    ready--;
    written++;
    return true;
  }

  /** How many were left out since this was asked last. */
  long takeOmitted() {
    long count = omitted;
    omitted = 0;
    return count;
  }
}
