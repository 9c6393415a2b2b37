package org.orrery.alarms.core;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.AlarmKey;

/**
 * Which alarm began the present episode; what follows is often its consequence. An episode is over
 * when no new alarm has come for a while and none of its alarms still stands, or when no new one
 * has come for {@link #LONG} times that: an alarm that stands for a day must not hide the first
 * alarm of the night. Not thread-safe.
 */
final class Episode {
  private static final long LONG = 12;

  private final long gapNs;
  private final Set<AlarmKey> members = new HashSet<>();
  private long lastRaiseNs = Long.MIN_VALUE;
  private @Nullable AlarmKey first;

  Episode(long gapNs) {
    this.gapNs = gapNs;
  }

  /**
   * Call for every alarm that is raised.
   *
   * @param standing whether an alarm stands for a condition now
   * @return true where it begins an episode, or is again the one that did
   */
  boolean raised(AlarmKey key, long nowNs, Predicate<AlarmKey> standing) {
    if (over(nowNs, standing)) {
      members.clear();
      first = key;
    }
    members.add(key);
    lastRaiseNs = Math.max(lastRaiseNs, nowNs);
    return key.equals(first);
  }

  private boolean over(long nowNs, Predicate<AlarmKey> standing) {
    if (first == null) {
      return true;
    }
    long quietNs = nowNs - lastRaiseNs;
    return quietNs > LONG * gapNs || (quietNs > gapNs && members.stream().noneMatch(standing));
  }
}
