package org.orrery.supervision.runtime;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.PlantClock;
import org.orrery.supervision.core.Readings;

/**
 * The samples that came last, whatever their sources' clocks say, and the state of the connections.
 * For one context; not thread-safe.
 */
final class ChannelView {
  private final PlantClock clock;
  private final Set<ChannelId> onChangeOnly = new HashSet<>();
  private final Map<ChannelId, Sample> latest = new HashMap<>();
  private final Set<ChannelId> disconnected = new HashSet<>();

  ChannelView(Facility facility, PlantClock clock) {
    this.clock = clock;
    for (Channel channel : facility.channels().values()) {
      if (channel.cadenceNs() == 0) {
        onChangeOnly.add(channel.id());
      }
    }
  }

  void seen(Sample sample) {
    latest.merge(
        sample.channel(),
        sample,
        (old, now) -> now.receivedTimeNs() >= old.receivedTimeNs() ? now : old);
  }

  void connection(ChannelHealth health) {
    switch (health.link()) {
      case CONNECTED -> disconnected.remove(health.channel());
      case STALE, MISMATCH, DISCONNECTED -> disconnected.add(health.channel());
    }
  }

  /** True where every one of the channels was read at least once. */
  boolean knows(Collection<ChannelId> channels) {
    return latest.keySet().containsAll(channels);
  }

  Readings readings() {
    return new Readings(latest, onChangeOnly, disconnected, clock.nowNs());
  }

  /** The latest samples of some channels. */
  List<Sample> latest(Collection<ChannelId> channels) {
    return channels.stream().filter(latest::containsKey).map(this::sample).toList();
  }

  /** What a channel showed last, whatever its quality. */
  Optional<Sample> last(ChannelId channel) {
    return Optional.ofNullable(latest.get(channel));
  }

  private Sample sample(ChannelId channel) {
    Sample sample = latest.get(channel);
    if (sample == null) {
      throw new IllegalStateException("no sample of " + channel);
    }
    return sample;
  }
}
