package org.orrery.gateway.core.own;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Severity;

/** Counts alarms. Not thread-safe. */
public final class AlarmTally {
  private final Facility facility;
  private final Map<AlarmKey, Alarm> alarms = new TreeMap<>();

  /** Without any alarm; the facility tells to which subsystem a channel belongs. */
  public AlarmTally(Facility facility) {
    this.facility = facility;
  }

  /** An alarm as it stands now. */
  public void take(Alarm alarm) {
    if (alarm.state() == AlarmState.NORMAL) {
      alarms.remove(alarm.key());
    } else {
      alarms.put(alarm.key(), alarm);
    }
  }

  /** Alarms as they stood when somebody asked; what came by itself since is newer. */
  public void takeOlder(List<Alarm> stood) {
    stood.forEach(
        alarm -> {
          if (alarm.state() != AlarmState.NORMAL) {
            alarms.putIfAbsent(alarm.key(), alarm);
          }
        });
  }

  /** Alarms that call for attention. */
  public long annunciating() {
    return count(alarm -> alarm.state().annunciates());
  }

  /** Alarms by state, for every state but NORMAL. */
  public Map<AlarmState, Long> byState() {
    Map<AlarmState, Long> counts = new EnumMap<>(AlarmState.class);
    for (AlarmState state : AlarmState.values()) {
      if (state != AlarmState.NORMAL) {
        counts.put(state, count(alarm -> alarm.state() == state));
      }
    }
    return counts;
  }

  /** Alarms that call for attention, by severity. */
  public Map<Severity, Long> bySeverity() {
    Map<Severity, Long> counts = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      counts.put(
          severity, count(alarm -> alarm.state().annunciates() && alarm.severity() == severity));
    }
    return counts;
  }

  /** How it stands in each subsystem that the facility names. */
  public Map<String, Standing> bySubsystem() {
    Map<String, Standing> standings = new HashMap<>();
    facility.subsystems().forEach(s -> standings.put(s.name(), new Standing(0, Severity.NONE)));
    for (Alarm alarm : alarms.values()) {
      if (alarm.state().annunciates()) {
        String subsystem =
            facility.channel(alarm.key().channel()).map(Channel::subsystem).orElse("");
        standings.computeIfPresent(subsystem, (name, standing) -> standing.with(alarm.severity()));
      }
    }
    return standings;
  }

  private long count(Predicate<Alarm> which) {
    return alarms.values().stream().filter(which).count();
  }

  /**
   * How a subsystem stands.
   *
   * @param count alarms that call for attention
   * @param worst the worst severity among them
   */
  public record Standing(long count, Severity worst) {
    Standing with(Severity severity) {
      return new Standing(count + 1, severity.compareTo(worst) > 0 ? severity : worst);
    }
  }
}
