package org.orrery.alarms.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/** A small facility and the engine over it. */
final class Fixture {
  static final long SECOND_NS = 1_000_000_000L;
  static final ChannelId FLOW = new ChannelId("purif.flow");
  static final ChannelId INTERLOCK = new ChannelId("interlock.oxygen-deficiency");
  static final ChannelId PRESSURE = new ChannelId("cryo.pressure");
  static final AlarmPolicy POLICY = new AlarmPolicy(10 * SECOND_NS, 300 * SECOND_NS, 5);

  static final Limits FLOW_LIMITS =
      new Limits(
          OptionalDouble.of(1.0),
          OptionalDouble.of(1.4),
          OptionalDouble.of(2.0),
          OptionalDouble.empty());

  final AlarmEngine engine;
  final List<AlarmTransition> told = new ArrayList<>();
  private long sequence;

  Fixture(AlarmSettings flow) {
    engine = new AlarmEngine(facility(flow), POLICY);
  }

  static AlarmSettings flowSettings(long onDelayNs, long offDelayNs) {
    return new AlarmSettings(
        Map.of(AlarmSettings.ANY_MODE, FLOW_LIMITS, "SHUTDOWN", Limits.NONE),
        0.05,
        onDelayNs,
        offDelayNs,
        Set.of(),
        AlarmSettings.Priority.HIGH,
        "Start the standby pump.",
        false);
  }

  static Facility facility(AlarmSettings flow) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    add(channels, channel("purif.flow", "kg/s", "pump", flow));
    add(channels, channel("purif.pump-a.speed", "Hz", "pump", AlarmSettings.NONE));
    add(channels, channel("cryo.pressure", "mbar", "cryostat", AlarmSettings.NONE));
    for (int i = 1; i <= 8; i++) {
      add(channels, channel("fe.femb" + i + ".noise", "1", "femb" + i, AlarmSettings.NONE));
    }
    AlarmSettings lifeSafety =
        new AlarmSettings(
            Map.of(),
            0,
            60 * SECOND_NS,
            0,
            Set.of("TRIPPED"),
            AlarmSettings.Priority.CRITICAL,
            "Leave the hall.",
            true);
    add(
        channels,
        new Channel(
            INTERLOCK,
            "LAR:ODH",
            ValueKind.CHOICE,
            "",
            "",
            "safety",
            "interlock",
            "oxygen",
            List.of("OK", "TRIPPED"),
            0,
            0,
            lifeSafety,
            Optional.empty(),
            List.of()));
    return new Facility(
        "test", "test", "UTC", true, List.of("PHYSICS", "SHUTDOWN"), List.of(), channels);
  }

  private static void add(Map<ChannelId, Channel> channels, Channel channel) {
    channels.put(channel.id(), channel);
  }

  private static Channel channel(String id, String unit, String device, AlarmSettings alarm) {
    return new Channel(
        new ChannelId(id),
        "LAR:" + id,
        ValueKind.DOUBLE,
        unit,
        unit,
        "s",
        device,
        id,
        List.of(),
        SECOND_NS,
        0,
        alarm,
        Optional.empty(),
        List.of());
  }

  List<AlarmTransition> value(double seconds, double value) {
    return sample(seconds, seconds, FLOW, Value.of(value), Severity.NONE, "", Quality.GOOD);
  }

  List<AlarmTransition> sample(
      double atSeconds,
      double nowSeconds,
      ChannelId channel,
      Value value,
      Severity severity,
      String status,
      Quality quality) {
    Sample sample =
        new Sample(
            channel,
            value,
            severity,
            status,
            ns(atSeconds),
            ns(nowSeconds),
            quality,
            0,
            sequence++);
    return handle(nowSeconds, new AlarmEvent.SampleReceived(sample));
  }

  List<AlarmTransition> link(double seconds, String channel, ChannelHealth.Link link) {
    return handle(
        seconds,
        new AlarmEvent.HealthChanged(
            new ChannelHealth(new ChannelId(channel), link, "", ns(seconds))));
  }

  List<AlarmTransition> tick(double seconds) {
    return handle(seconds, new AlarmEvent.Tick());
  }

  List<AlarmTransition> handle(double seconds, AlarmEvent event) {
    List<AlarmTransition> now = engine.handle(event, ns(seconds));
    told.addAll(now);
    return now;
  }

  List<AlarmTransition> acknowledge(double seconds, AlarmKey key) {
    List<AlarmTransition> now = new ArrayList<>();
    engine.acknowledge(key, "vera", ns(seconds), now);
    told.addAll(now);
    return now;
  }

  AlarmState state(AlarmKey key) {
    return engine.list().stream()
        .filter(alarm -> alarm.key().equals(key))
        .map(alarm -> alarm.state())
        .findFirst()
        .orElse(AlarmState.NORMAL);
  }

  static AlarmKey key(ChannelId channel, AlarmKey.Kind kind) {
    return new AlarmKey(channel, kind);
  }

  static long ns(double seconds) {
    return (long) (seconds * SECOND_NS);
  }
}
