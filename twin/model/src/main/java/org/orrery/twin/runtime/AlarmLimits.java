package org.orrery.twin.runtime;

import java.util.HashMap;
import java.util.Map;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;

/** The limits by which a rehearsal predicts alarms. Stateless. */
final class AlarmLimits {
  private AlarmLimits() {}

  /** The limits that hold in any mode, by channel. */
  static Map<String, Limits> of(Facility facility) {
    Map<String, Limits> limits = new HashMap<>();
    facility
        .channels()
        .forEach(
            (id, channel) ->
                limits.put(id.value(), channel.alarm().limitsIn(AlarmSettings.ANY_MODE)));
    return limits;
  }
}
