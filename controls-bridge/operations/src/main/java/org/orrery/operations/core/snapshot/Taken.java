package org.orrery.operations.core.snapshot;

import java.util.Map;
import java.util.Optional;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/**
 * What all channels showed at one instant, as the gateway told. Deeply immutable.
 *
 * @param latest the latest sample per channel
 * @param health the connection per channel
 * @param plantNs the instant, plant ns
 */
public record Taken(
    Map<ChannelId, Sample> latest, Map<ChannelId, ChannelHealth> health, long plantNs) {
  public Taken {
    latest = Map.copyOf(latest);
    health = Map.copyOf(health);
  }

  Optional<Sample> sample(ChannelId channel) {
    return Optional.ofNullable(latest.get(channel));
  }

  Optional<Value> value(ChannelId channel) {
    return sample(channel).map(Sample::value);
  }

  /**
   * How far the channel's value can be used: the worse of what its sample and its connection say.
   */
  Quality quality(Channel channel, Sample sample) {
    Quality ofLink =
        Optional.ofNullable(health.get(channel.id()))
            .map(
                h ->
                    switch (h.link()) {
                      case CONNECTED -> Quality.GOOD;
                      case STALE -> Quality.STALE;
                      case MISMATCH -> Quality.BAD;
                      case DISCONNECTED -> Quality.DISCONNECTED;
                    })
            .orElse(Quality.DISCONNECTED);
    boolean invalid =
        sample.severity() == Severity.INVALID || ValueKind.of(sample.value()) != channel.kind();
    Quality ofSample = invalid && sample.quality() == Quality.GOOD ? Quality.BAD : sample.quality();
    return ofSample.compareTo(ofLink) >= 0 ? ofSample : ofLink;
  }

  /** Why the channel's connection is not in order; empty where it is. */
  String trouble(ChannelId channel) {
    return Optional.ofNullable(health.get(channel)).map(ChannelHealth::detail).orElse("");
  }
}
