package org.orrery.supervision.core.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.Readings;

/** Facilities with all kinds of channels, and snapshots of them. */
public final class Bench {
  public static final ChannelId LOCAL = new ChannelId("hv.remote");
  public static final ChannelId VOLTAGE = new ChannelId("hv.voltage-set");
  public static final ChannelId RESET = new ChannelId("hv.reset");
  public static final ChannelId SPEED = new ChannelId("pump.speed-set");
  public static final ChannelId MOTOR = new ChannelId("pump.enable");
  public static final ChannelId FLOW = new ChannelId("pump.flow");
  public static final ChannelId MASK = new ChannelId("big.mask");

  private Bench() {}

  /** A supply with a local switch and a largest step, and a pump with a read-back of its own. */
  public static Facility facility() {
    return facility(Writable.SafeDirection.NONE);
  }

  /** The same, with a direction in which the voltage always moves towards safety. */
  public static Facility facility(Writable.SafeDirection voltage) {
    List<Channel> all = new ArrayList<>();
    all.add(channel("hv.remote", ValueKind.CHOICE, List.of("LOCAL", "REMOTE"), null));
    all.add(
        channel(
            "hv.voltage-set",
            ValueKind.DOUBLE,
            List.of(),
            writable(-190, 0, 10, "hv.voltage-set", "hv.remote", false, voltage)));
    all.add(
        channel(
            "hv.reset",
            ValueKind.CHOICE,
            List.of("IDLE", "RESET"),
            writable(0, 0, 1e9, "hv.reset", "hv.remote", true)));
    all.add(
        channel(
            "pump.speed-set",
            ValueKind.DOUBLE,
            List.of(),
            writable(0, 60, 1e9, "pump.speed", "", false)));
    all.add(channel("pump.speed", ValueKind.DOUBLE, List.of(), null));
    all.add(
        channel(
            "pump.enable",
            ValueKind.CHOICE,
            List.of("OFF", "ON"),
            writable(0, 0, 1e9, "pump.enable", "", false)));
    all.add(channel("pump.flow", ValueKind.DOUBLE, List.of(), null));
    return of(all);
  }

  /** So many settings in two stages' worth of devices. */
  public static Facility big(int settings) {
    List<Channel> all = new ArrayList<>();
    for (int i = 0; i < settings; i++) {
      String id = "big.c" + i;
      all.add(channel(id, ValueKind.DOUBLE, List.of(), writable(-1e6, 1e6, 1e9, id, "", false)));
    }
    return of(all);
  }

  /** One mask of enable bits. */
  public static Facility masked() {
    Writable all64 =
        new Writable(
            -0x1p63,
            0x1p63,
            OptionalDouble.empty(),
            0,
            Optional.empty(),
            0,
            Writable.SafeDirection.NONE,
            List.of(),
            Optional.empty(),
            false);
    return of(List.of(channel(MASK.value(), ValueKind.LONG, List.of(), all64)));
  }

  private static Facility of(List<Channel> all) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    all.forEach(channel -> channels.put(channel.id(), channel));
    return new Facility(
        "bench",
        "A bench",
        "UTC",
        true,
        List.of("PHYSICS"),
        List.of(
            new Facility.Subsystem("hv", "High voltage", "HV on call", List.of()),
            new Facility.Subsystem("pump", "Pump", "cryo on call", List.of(FLOW)),
            new Facility.Subsystem("big", "Big", "everybody", List.of())),
        channels);
  }

  private static Writable writable(
      double low, double high, double maxStep, String readback, String local, boolean momentary) {
    return writable(low, high, maxStep, readback, local, momentary, Writable.SafeDirection.NONE);
  }

  private static Writable writable(
      double low,
      double high,
      double maxStep,
      String readback,
      String local,
      boolean momentary,
      Writable.SafeDirection safe) {
    return new Writable(
        low,
        high,
        maxStep < 1e9 ? OptionalDouble.of(maxStep) : OptionalDouble.empty(),
        0,
        Optional.of(new ChannelId(readback)),
        0.1,
        safe,
        List.of(),
        local.isEmpty() ? Optional.empty() : Optional.of(new ChannelId(local)),
        momentary);
  }

  private static Channel channel(
      String id,
      ValueKind kind,
      List<String> choices,
      @org.jspecify.annotations.Nullable Writable writable) {
    return new Channel(
        new ChannelId(id),
        "T:" + id,
        kind,
        kind == ValueKind.DOUBLE ? "V" : "",
        "",
        id.substring(0, id.indexOf('.')),
        id.substring(0, id.indexOf('.')),
        id,
        choices,
        Fixtures.SECOND_NS,
        0,
        AlarmSettings.NONE,
        Optional.ofNullable(writable),
        List.of());
  }

  public static Value number(double value) {
    return Value.of(value);
  }

  public static Value choice(ChannelId channel, String label) {
    List<String> choices = facility().channel(channel).orElseThrow().choices();
    return new Value.ChoiceValue(choices.indexOf(label), label);
  }

  /** How all channels of the small facility are, in order. */
  public static Map<ChannelId, Value> shown() {
    Map<ChannelId, Value> shown = new LinkedHashMap<>();
    shown.put(LOCAL, choice(LOCAL, "REMOTE"));
    shown.put(VOLTAGE, number(-175));
    shown.put(RESET, choice(RESET, "IDLE"));
    shown.put(SPEED, number(50));
    shown.put(new ChannelId("pump.speed"), number(50));
    shown.put(MOTOR, choice(MOTOR, "ON"));
    shown.put(FLOW, number(1.6));
    return shown;
  }

  public static Readings readings(Map<ChannelId, Value> shown) {
    List<Sample> samples = new ArrayList<>();
    shown.forEach(
        (id, value) ->
            samples.add(new Sample(id, value, Severity.NONE, "", 1, 1, Quality.GOOD, 0, 1)));
    return Readings.of(samples, 2);
  }

  /** A snapshot of these values in a stage per subsystem. */
  public static Snapshot snapshot(Map<ChannelId, Value> saved) {
    List<String> stages = new ArrayList<>();
    List<Snapshot.Entry> entries = new ArrayList<>();
    saved.forEach(
        (id, value) -> {
          String stage = id.value().substring(0, id.value().indexOf('.'));
          if (!stages.contains(stage)) {
            stages.add(stage);
          }
          entries.add(
              entry(
                  id,
                  stages.indexOf(stage),
                  value,
                  value instanceof Value.DoubleValue ? "V" : "",
                  Quality.GOOD));
        });
    return of(stages, entries);
  }

  public static Snapshot of(List<String> stages, List<Snapshot.Entry> entries) {
    return new Snapshot(
        new SnapshotId("s1"),
        "before work",
        "",
        "sam",
        1,
        1,
        "settings",
        0,
        stages,
        entries,
        List.of());
  }

  public static Snapshot.Entry entry(
      ChannelId channel, int stage, Value value, String unit, Quality quality) {
    return new Snapshot.Entry(
        channel,
        stage,
        value,
        unit,
        Severity.NONE,
        quality,
        1,
        Optional.empty(),
        new Tolerance(0.5, 0));
  }

  public static RestoreRequest request(ChannelId... channels) {
    return new RestoreRequest(
        Fixtures.ANNA, new SnapshotId("s1"), List.of(channels), "the test is over");
  }
}
