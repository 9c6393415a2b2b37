package org.orrery.alarms.core;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.orrery.contract.alarm.AlarmKey;

/** Counts raised alarms over the last ten minutes of plant time. Not thread-safe. */
final class RaiseCounter {
  static final long WINDOW_NS = 600_000_000_000L;
  static final long CHATTER_NS = 60_000_000_000L;
  private static final int FLOOD_BEGINS_ABOVE = 10;
  private static final int FLOOD_ENDS_BELOW = 5;
  private static final int CHATTER = 3;

  /**
   * More raises than this within the window are not remembered one by one: it is a flood anyway.
   */
  private static final int BOUND = 100_000;

  private record Raise(AlarmKey key, long atNs) {}

  private final ArrayDeque<Raise> raises = new ArrayDeque<>();
  private boolean flood;
  private long floodSinceNs;

  void raised(AlarmKey key, long nowNs) {
    if (raises.size() == BOUND) {
      raises.poll();
    }
    raises.add(new Raise(key, nowNs));
    advance(nowNs);
  }

  void advance(long nowNs) {
    while (!raises.isEmpty() && nowNs - raises.peek().atNs() > WINDOW_NS) {
      raises.poll();
    }
    if (!flood && raises.size() > FLOOD_BEGINS_ABOVE) {
      flood = true;
      floodSinceNs = nowNs;
    } else if (flood && raises.size() < FLOOD_ENDS_BELOW) {
      flood = false;
      floodSinceNs = 0;
    }
  }

  int count() {
    return raises.size();
  }

  boolean flood() {
    return flood;
  }

  long floodSinceNs() {
    return floodSinceNs;
  }

  List<AlarmKey> chattering(long nowNs) {
    Map<AlarmKey, Integer> counts = new HashMap<>();
    for (Raise raise : raises) {
      if (nowNs - raise.atNs() <= CHATTER_NS) {
        counts.merge(raise.key(), 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .filter(entry -> entry.getValue() >= CHATTER)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
