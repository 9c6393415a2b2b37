package org.orrery.gateway.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.Scheduler;
import org.orrery.contract.value.Value;

/** The test plant at one moment, all well unless told otherwise. */
final class StillPlant implements PlantView {
  private final Map<ChannelId, Sample> samples = new HashMap<>();
  private final Map<ChannelId, ChannelHealth> health = new HashMap<>();
  private final Map<ChannelId, ControlSystem.Accepted> accepted = new HashMap<>();
  private final long nowNs;

  StillPlant(long nowNs) {
    this.nowNs = nowNs;
    for (ChannelId id : TestPlant.facility().channels().keySet()) {
      link(id, Link.CONNECTED);
    }
    show(TestPlant.SPEED, Value.of(40.0));
    show(TestPlant.ENABLE, TestPlant.label(TestPlant.OFF_ON, "OFF"));
    show(TestPlant.REMOTE, TestPlant.label(TestPlant.LOCAL_REMOTE, "REMOTE"));
    show(TestPlant.INTERLOCK, TestPlant.label(TestPlant.OK_TRIPPED, "OK"));
    show(TestPlant.FLOW, Value.of(1.67));
  }

  void show(ChannelId id, Value value) {
    put(id, value, nowNs);
  }

  void age(ChannelId id, long ageNs) {
    put(id, samples.get(id).value(), nowNs - ageNs);
  }

  void forget(ChannelId id) {
    samples.remove(id);
  }

  /** The channel's source says what it takes. */
  void accept(ChannelId id, double low, double high) {
    accepted.put(id, new ControlSystem.Accepted(low, high));
  }

  void disconnect(ChannelId id) {
    link(id, Link.DISCONNECTED);
  }

  void mismatch(ChannelId id) {
    link(id, Link.MISMATCH);
  }

  private void put(ChannelId id, Value value, long atNs) {
    samples.put(id, new Sample(id, value, Severity.NONE, "", atNs, atNs, Quality.GOOD, 0, 1));
  }

  private void link(ChannelId id, Link link) {
    health.put(id, new ChannelHealth(id, link, "", nowNs));
  }

  @Override
  public Optional<Sample> latest(ChannelId channel) {
    return Optional.ofNullable(samples.get(channel));
  }

  @Override
  public Optional<ChannelHealth> health(ChannelId channel) {
    return Optional.ofNullable(health.get(channel));
  }

  @Override
  public Optional<ControlSystem.Accepted> accepted(ChannelId channel) {
    return Optional.ofNullable(accepted.get(channel));
  }

  @Override
  public Scheduler.Cancellable watch(ChannelId channel, Consumer<Sample> watcher) {
    return () -> {};
  }
}
