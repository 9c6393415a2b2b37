package org.orrery.alarms.core;

import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.AlarmKey;

/**
 * Which alarm began the present episode: the first one raised after a time in which none was. What
 * follows is often its consequence. Not thread-safe.
 */
final class Episode {
  private final long gapNs;
  private long lastRaiseNs = Long.MIN_VALUE;
  private @Nullable AlarmKey first;

  Episode(long gapNs) {
    this.gapNs = gapNs;
  }

  /**
   * Call for every alarm that is raised; true where it begins an episode, or is again the one that
   * did.
   */
  boolean raised(AlarmKey key, long nowNs) {
    boolean begins = lastRaiseNs == Long.MIN_VALUE || nowNs - lastRaiseNs > gapNs;
    lastRaiseNs = Math.max(lastRaiseNs, nowNs);
    if (begins) {
      first = key;
    }
    return key.equals(first);
  }
}
