package org.orrery.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.value.ValueKind;

/** Reads one channel of a facility description. Not thread-safe. */
final class ChannelReader {
  private final String prefix;
  private final List<String> modes;
  private final Set<String> subsystems;

  ChannelReader(String prefix, List<String> modes, Set<String> subsystems) {
    this.prefix = prefix;
    this.modes = modes;
    this.subsystems = subsystems;
  }

  Optional<Channel> read(YamlMap entry) {
    String idText = entry.requiredText("id");
    Optional<ChannelId> id = channelId(entry, "id", idText);
    String subsystem = entry.requiredText("subsystem");
    if (!subsystem.isEmpty() && !subsystems.contains(subsystem)) {
      entry.problem(
          "subsystem", "subsystem '" + subsystem + "' is not described; known: " + subsystems);
    }
    String unit = entry.text("unit").orElse("");
    ValueKind kind = entry.choice("kind", ValueKind.class).orElse(ValueKind.DOUBLE);
    List<String> choices = entry.texts("choices");
    Optional<Writable> writable = entry.map("write").flatMap(w -> write(w, kind, choices, modes));
    AlarmSettings alarm = entry.map("alarm").map(a -> alarm(a, choices)).orElse(AlarmSettings.NONE);
    String pv = entry.text("pv").orElse(FacilityLoader.defaultPv(prefix, idText));
    String egu = entry.text("egu").orElse(unit);
    String device = entry.requiredText("device");
    String description = entry.requiredText("description");
    long cadenceNs = entry.durationNs("cadence");
    double deadBand = entry.number("dead-band").orElse(0);
    List<String> procedures = entry.texts("procedures");
    entry.finish();
    if (id.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Channel(
              id.get(),
              pv,
              kind,
              unit,
              egu,
              subsystem,
              device,
              description,
              choices,
              cadenceNs,
              deadBand,
              alarm,
              writable,
              procedures));
    } catch (IllegalArgumentException e) {
      entry.problem("id", e.getMessage());
      return Optional.empty();
    }
  }

  static Optional<ChannelId> channelId(YamlMap entry, String key, String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new ChannelId(text));
    } catch (IllegalArgumentException e) {
      entry.problem(key, e.getMessage());
      return Optional.empty();
    }
  }

  private AlarmSettings alarm(YamlMap map, List<String> choices) {
    Map<String, Limits> limits = new LinkedHashMap<>();
    map.map("limits").ifPresent(l -> limits.put(AlarmSettings.ANY_MODE, limits(map, "limits", l)));
    map.mapOfMaps(
            "limits-by-mode",
            (mode, l) -> {
              if (!modes.contains(mode)) {
                map.problem(
                    "limits-by-mode", "mode '" + mode + "' is not described; known: " + modes);
              }
              return limits(map, "limits-by-mode", l);
            })
        .forEach(limits::put);
    List<String> alarmChoices = map.texts("choices");
    if (!choices.containsAll(alarmChoices)) {
      map.problem("choices", "alarm choices " + alarmChoices + " must be among " + choices);
    }
    AlarmSettings settings =
        new AlarmSettings(
            limits,
            map.number("hysteresis").orElse(0),
            map.durationNs("on-delay"),
            map.durationNs("off-delay"),
            Set.copyOf(alarmChoices),
            map.choice("priority", AlarmSettings.Priority.class)
                .orElse(AlarmSettings.Priority.MEDIUM),
            map.requiredText("response"),
            map.flag("life-safety"));
    map.finish();
    return settings;
  }

  private static Limits limits(YamlMap parent, String key, YamlMap map) {
    OptionalDouble lolo = map.number("lolo");
    OptionalDouble low = map.number("low");
    OptionalDouble high = map.number("high");
    OptionalDouble hihi = map.number("hihi");
    map.finish();
    try {
      return new Limits(lolo, low, high, hihi);
    } catch (IllegalArgumentException e) {
      parent.problem(key, e.getMessage());
      return Limits.NONE;
    }
  }

  private static Optional<Writable> write(
      YamlMap map, ValueKind kind, List<String> choices, List<String> modes) {
    List<String> range = map.texts("range");
    double low = 0;
    double high = Math.max(0, choices.size() - 1);
    switch (kind) {
      case DOUBLE, LONG -> {
        try {
          low = Double.parseDouble(range.get(0));
          high = Double.parseDouble(range.get(1));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
          map.problem("range", "a writable number needs 'range: [low, high]', got " + range);
          high = low;
        }
      }
      case CHOICE, TEXT, DOUBLE_ARRAY, HISTOGRAM -> {
        if (!range.isEmpty()) {
          map.problem("range", "'range' is for numbers; leave it out");
        }
      }
    }
    List<String> safeChoices = map.texts("safe-choices");
    if (!choices.containsAll(safeChoices)) {
      map.problem("safe-choices", "safe choices " + safeChoices + " must be among " + choices);
    }
    Optional<ChannelId> readback = map.text("readback").flatMap(t -> channelId(map, "readback", t));
    Optional<ChannelId> local =
        map.text("local-switch").flatMap(t -> channelId(map, "local-switch", t));
    OptionalDouble maxStep = map.number("max-step");
    long minIntervalNs = map.durationNs("min-interval");
    double tolerance = map.number("tolerance").orElse(0);
    Writable.SafeDirection direction =
        map.choice("safe-direction", Writable.SafeDirection.class)
            .orElse(Writable.SafeDirection.NONE);
    boolean momentary = map.flag("momentary");
    Optional<WriteBudget> budget = DeviceReader.budget(map);
    Set<String> armedIn = DeviceReader.armedIn(map, modes);
    map.finish();
    try {
      return Optional.of(
          new Writable(
              low,
              high,
              maxStep,
              minIntervalNs,
              readback,
              tolerance,
              direction,
              safeChoices,
              local,
              momentary,
              budget,
              armedIn));
    } catch (IllegalArgumentException e) {
      map.problem("range", e.getMessage());
      return Optional.empty();
    }
  }
}
