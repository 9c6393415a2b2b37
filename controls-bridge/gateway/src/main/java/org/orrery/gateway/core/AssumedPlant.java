package org.orrery.gateway.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Command;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.Scheduler;
import org.orrery.contract.value.Value;

/**
 * The plant as it is, except that what some commands would write is taken to be written and read
 * back. Whatever else they would bring about is not known and stays as it is. Confined to one
 * thread.
 */
final class AssumedPlant implements PlantView {
  private final PlantView plant;
  private final Facility facility;
  private final Map<ChannelId, Value> written = new HashMap<>();

  AssumedPlant(PlantView plant, Facility facility) {
    this.plant = plant;
    this.facility = facility;
  }

  /** A momentary target goes back by itself, so nothing is assumed of it. */
  void assume(Command command) {
    Optional<Writable> rules = facility.channel(command.channel()).flatMap(Channel::writable);
    if (rules.isPresent() && !rules.get().momentary()) {
      written.put(command.channel(), command.value());
      rules.get().readback().ifPresent(readback -> written.put(readback, command.value()));
    }
  }

  @Override
  public Optional<Sample> latest(ChannelId channel) {
    return plant.latest(channel).map(sample -> withAssumed(sample, written.get(channel)));
  }

  private static Sample withAssumed(Sample sample, @Nullable Value value) {
    return value == null
        ? sample
        : new Sample(
            sample.channel(),
            value,
            sample.severity(),
            sample.status(),
            sample.sourceTimeNs(),
            sample.receivedTimeNs(),
            sample.quality(),
            sample.lostBefore(),
            sample.sequence());
  }

  @Override
  public Optional<ChannelHealth> health(ChannelId channel) {
    return plant.health(channel);
  }

  @Override
  public Optional<ControlSystem.Accepted> accepted(ChannelId channel) {
    return plant.accepted(channel);
  }

  @Override
  public Scheduler.Cancellable watch(ChannelId channel, Consumer<Sample> watcher) {
    throw new UnsupportedOperationException("what is assumed cannot be watched; watch the plant");
  }
}
