package org.orrery.gateway.runtime.own;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Severity;
import org.orrery.gateway.core.own.AlarmTally;

/** The alarms, summed up. */
final class AlarmPvs {
  private static final List<String> SEVERITIES =
      Stream.of(Severity.values()).map(Severity::name).toList();

  private final Shown all;
  private final Map<AlarmState, Shown> states = new EnumMap<>(AlarmState.class);
  private final Map<Severity, Shown> severities = new EnumMap<>(Severity.class);
  private final Map<String, Subsystem> subsystems = new LinkedHashMap<>();

  private record Subsystem(Shown count, Shown worst) {}

  AlarmPvs(Board board, Facility facility) {
    all = board.count("alarms that call for attention", "ALARM", "COUNT");
    for (AlarmState state : AlarmState.values()) {
      if (state != AlarmState.NORMAL) {
        String words = state.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        states.put(state, board.count("alarms that are " + words, "ALARM", "STATE", state.name()));
      }
    }
    for (Severity severity : Severity.values()) {
      if (severity != Severity.NONE) {
        severities.put(
            severity,
            board.count(
                "alarms of this severity that call for attention",
                "ALARM",
                "SEVERITY",
                severity.name()));
      }
    }
    for (Facility.Subsystem each : facility.subsystems()) {
      subsystems.put(
          each.name(),
          new Subsystem(
              board.count(
                  each.title() + ": alarms that call for attention",
                  "ALARM",
                  "SUBSYSTEM",
                  each.name(),
                  "COUNT"),
              board.choice(
                  each.title() + ": worst severity among them",
                  SEVERITIES,
                  "ALARM",
                  "SUBSYSTEM",
                  each.name(),
                  "SEVERITY")));
    }
  }

  void show(AlarmTally tally) {
    all.show(tally.annunciating());
    Map<AlarmState, Long> byState = tally.byState();
    states.forEach((state, shown) -> shown.show(byState.getOrDefault(state, 0L)));
    Map<Severity, Long> bySeverity = tally.bySeverity();
    severities.forEach((severity, shown) -> shown.show(bySeverity.getOrDefault(severity, 0L)));
    tally
        .bySubsystem()
        .forEach(
            (name, standing) -> {
              Subsystem subsystem = subsystems.get(name);
              if (subsystem != null) {
                subsystem.count().show(standing.count());
                subsystem.worst().choose(standing.worst().name(), standing.worst());
              }
            });
  }
}
