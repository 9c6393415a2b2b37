package org.orrery.gateway.runtime;

import java.util.HashSet;
import java.util.Set;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.twin.TwinState;

/** What our own PVs say about the other rooms. Confined to the gateway's context. */
final class OutsideView {
  /** A twin that is silent for longer than this says nothing about now, wall ns. */
  private static final long TWIN_SILENCE_NS = 30_000_000_000L;

  private final Set<AlarmKey> annunciating = new HashSet<>();
  private String agreement = "UNKNOWN";
  private long twinHeardNs;

  void onAlarm(AlarmTransition transition) {
    Alarm alarm = transition.alarm();
    if (alarm.state().annunciates()) {
      annunciating.add(alarm.key());
    } else {
      annunciating.remove(alarm.key());
    }
  }

  void onTwin(TwinState state, long wallNs) {
    agreement = state.agreement().name();
    twinHeardNs = wallNs;
  }

  long alarms() {
    return annunciating.size();
  }

  String agreement(long wallNs) {
    return wallNs - twinHeardNs > TWIN_SILENCE_NS ? "UNKNOWN" : agreement;
  }
}
