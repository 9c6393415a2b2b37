package org.orrery.alarms.core.phoebus;

import java.util.Optional;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmMirror;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.sample.Severity;

/** How a mirrored alarm is written down for people. Stateless. */
final class Row {
  private Row() {}

  /**
   * An alarm that Phoebus keeps.
   *
   * @param channel the facility's channel, whose priority and response count before all
   * @param description what Phoebus' settings say of the PV
   * @param guidance what Phoebus' settings say that a person does
   * @param before how it was shown until now
   */
  static Alarm of(
      AlarmKey key,
      Reading reading,
      Optional<Channel> channel,
      String description,
      String guidance,
      AlarmMirror mirror,
      Optional<Alarm> before,
      long nowNs) {
    AlarmSettings settings = channel.map(Channel::alarm).orElse(AlarmSettings.NONE);
    Optional<Alarm> same = before.filter(alarm -> alarm.state() == reading.state());
    boolean acknowledged = reading.state() == AlarmState.ACKNOWLEDGED;
    return new Alarm(
        key,
        reading.state(),
        reading.severity(),
        channel.isPresent() ? reading.message() : titled(reading, description),
        reading.timeNs() > 0 ? reading.timeNs() : same.map(Alarm::raisedNs).orElse(nowNs),
        same.map(Alarm::changedNs).orElse(nowNs),
        acknowledged
            ? Optional.of(reading.acknowledgedBy().orElse(MirroredAlarms.SOURCE))
            : Optional.empty(),
        settings.response().isEmpty() ? reading.priority() : settings.priority(),
        settings.response().isEmpty() ? guidance : settings.response(),
        false,
        Optional.of(mirror));
  }

  /** As it stood before a restart. */
  static Alarm stale(Alarm alarm) {
    return with(
        alarm,
        alarm.state(),
        alarm.severity(),
        alarm.changedNs(),
        Optional.of(new AlarmMirror(MirroredAlarms.SOURCE, true, Optional.empty(), "")));
  }

  /** The same, over. */
  static Alarm normal(Alarm alarm, long nowNs) {
    return with(alarm, AlarmState.NORMAL, Severity.NONE, nowNs, alarm.mirror());
  }

  /** A channel of the facility has its own description on the page; this PV has none there. */
  private static String titled(Reading reading, String description) {
    String described = description.isEmpty() ? "" : ", " + description;
    return reading.path().name() + described + ": " + reading.message();
  }

  private static Alarm with(
      Alarm alarm,
      AlarmState state,
      Severity severity,
      long changedNs,
      Optional<AlarmMirror> mirror) {
    return new Alarm(
        alarm.key(),
        state,
        severity,
        alarm.message(),
        alarm.raisedNs(),
        changedNs,
        state == AlarmState.NORMAL ? Optional.empty() : alarm.acknowledgedBy(),
        alarm.priority(),
        alarm.response(),
        false,
        mirror);
  }
}
