package org.orrery.operations.core.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/** A small facility of two subsystems and what it shows. */
public final class Bench {
  public static final Person SAM = new Person("sam", Set.of(Person.Role.SHIFTER));
  public static final Person ANNA = new Person("anna", Set.of(Person.Role.EXPERT));
  public static final Person BERT = new Person("bert", Set.of(Person.Role.EXPERT));
  public static final ChannelId PUMP = new ChannelId("purif.pump.enable");
  public static final ChannelId SPEED = new ChannelId("purif.pump.speed-set");
  public static final ChannelId FLOW = new ChannelId("purif.flow");
  public static final ChannelId VOLTAGE = new ChannelId("hv.voltage-set");
  private static final long SECOND_NS = 1_000_000_000L;

  private Bench() {}

  public static Facility facility() {
    return facility(
        List.of(
            channel(FLOW, ValueKind.DOUBLE, "kg/s", "purification", Optional.empty()),
            channel(PUMP, ValueKind.CHOICE, "", "purification", Optional.of(writable(0))),
            channel(SPEED, ValueKind.DOUBLE, "Hz", "purification", Optional.of(writable(0.05))),
            channel(VOLTAGE, ValueKind.DOUBLE, "kV", "hv", Optional.of(writable(0.01)))));
  }

  public static Facility facility(List<Channel> all) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    all.forEach(channel -> channels.put(channel.id(), channel));
    return new Facility(
        "bench",
        "A bench",
        "UTC",
        true,
        List.of("PHYSICS", "STANDBY"),
        List.of(
            new Facility.Subsystem("hv", "High voltage", "HV on call", List.of()),
            new Facility.Subsystem("purification", "Purification", "cryo on call", List.of(FLOW))),
        channels);
  }

  public static Channel channel(
      ChannelId id, ValueKind kind, String unit, String subsystem, Optional<Writable> writable) {
    return new Channel(
        id,
        "T:" + id,
        kind,
        unit,
        unit,
        subsystem,
        "device",
        id.value(),
        kind == ValueKind.CHOICE ? List.of("OFF", "ON") : List.of(),
        SECOND_NS,
        0,
        AlarmSettings.NONE,
        writable,
        List.of());
  }

  public static Writable writable(double tolerance) {
    return new Writable(
        -1_000,
        1_000,
        OptionalDouble.empty(),
        0,
        Optional.empty(),
        tolerance,
        Writable.SafeDirection.NONE,
        List.of(),
        Optional.empty(),
        false);
  }

  public static Map<ChannelId, Sample> shown() {
    Map<ChannelId, Sample> shown = new HashMap<>();
    for (Sample sample :
        List.of(
            sample(FLOW, Value.of(1.6)),
            sample(PUMP, new Value.ChoiceValue(1, "ON")),
            sample(SPEED, Value.of(50)),
            sample(VOLTAGE, Value.of(-180)))) {
      shown.put(sample.channel(), sample);
    }
    return shown;
  }

  public static Sample sample(ChannelId channel, Value value) {
    return new Sample(channel, value, Severity.NONE, "", 5, 6, Quality.GOOD, 0, 1);
  }

  public static List<ChannelHealth> connected(Facility facility) {
    List<ChannelHealth> health = new ArrayList<>();
    facility
        .channels()
        .keySet()
        .forEach(id -> health.add(new ChannelHealth(id, ChannelHealth.Link.CONNECTED, "", 0)));
    return health;
  }

  public static Taken taken(Map<ChannelId, Sample> shown) {
    Map<ChannelId, ChannelHealth> health = new HashMap<>();
    connected(facility()).forEach(each -> health.put(each.channel(), each));
    return new Taken(shown, health, 7);
  }

  public static Taken with(Taken taken, ChannelId channel, ChannelHealth.Link link) {
    Map<ChannelId, ChannelHealth> health = new HashMap<>(taken.health());
    health.put(channel, new ChannelHealth(channel, link, "scripted", 0));
    return new Taken(taken.latest(), health, taken.plantNs());
  }

  public static SnapshotSet set(String name) {
    return Sets.all(facility(), List.of()).stream()
        .filter(set -> set.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  public static Reply<Snapshot> save(Taken taken, boolean incomplete) {
    return Saving.save(
        new SnapshotRequest.Save(SAM, Sets.EVERYTHING, "before work", "", incomplete),
        set(Sets.EVERYTHING),
        facility(),
        taken,
        new SnapshotId("s1"),
        9);
  }

  public static Snapshot saved(Taken taken) {
    return ((Reply.Done<Snapshot>) save(taken, true)).value();
  }
}
