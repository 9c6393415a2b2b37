package org.orrery.bus.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.orrery.contract.alarm.AlarmTransition;

/**
 * What other processes said last about each alarm on the event bus: alarms come by the log as well,
 * which may be behind. Thread-safe.
 */
final class NewestAlarms {
  private final Map<String, Long> atNs = new ConcurrentHashMap<>();

  void heard(Object message) {
    if (message instanceof AlarmTransition transition) {
      atNs.merge(transition.alarm().key().toString(), transition.atNs(), Math::max);
    }
  }

  /** Whether something from the log says more than what came on the event bus. */
  boolean isNews(Object message) {
    return !(message instanceof AlarmTransition transition)
        || transition.atNs()
            > atNs.getOrDefault(transition.alarm().key().toString(), Long.MIN_VALUE);
  }
}
