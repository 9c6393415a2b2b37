package org.orrery.gateway.core;

import java.util.Optional;
import java.util.function.Consumer;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.Scheduler;

/** What the gate sees of the plant. Thread-safe. */
public interface PlantView {
  /** The newest sample of a channel, of whatever quality. */
  Optional<Sample> latest(ChannelId channel);

  /** How the connection to a channel is; empty for a channel that the facility does not have. */
  Optional<ChannelHealth> health(ChannelId channel);

  /**
   * What the source of a channel says that it takes in a put, in the channel's unit; empty where it
   * does not say. As it said last: it may change its mind on an open connection.
   */
  Optional<ControlSystem.Accepted> accepted(ChannelId channel);

  /**
   * Hands every further sample of a channel to the watcher, on the thread that received it; the
   * watcher must not block.
   */
  Scheduler.Cancellable watch(ChannelId channel, Consumer<Sample> watcher);
}
