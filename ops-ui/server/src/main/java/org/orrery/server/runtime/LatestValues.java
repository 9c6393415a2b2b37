package org.orrery.server.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;

/**
 * The last value of each channel, marked where it is not the present one. Values come by the feed,
 * which between processes is Kafka, and lost channels are told over the event bus: either may come
 * first. Not thread-safe.
 */
final class LatestValues {
  private final Map<ChannelId, Sample> samples = new LinkedHashMap<>();
  private final Map<ChannelId, Long> versions = new LinkedHashMap<>();

  /** Channels that the gateway says it does not hear. */
  private final Map<ChannelId, ChannelHealth> unheard = new LinkedHashMap<>();

  private long version;

  /** A value came: marked, when the channel was lost after it. */
  void sample(Sample sample) {
    ChannelHealth lost = unheard.get(sample.channel());
    show(lost == null || sample.receivedTimeNs() > lost.sinceNs() ? sample : marked(sample, lost));
  }

  /**
   * The gateway said how a channel is: the last value of one that it does not hear, by whichever
   * life of the gateway, is no present one, even where no sample comes to say so.
   */
  void health(ChannelHealth health) {
    switch (health.link()) {
      case DISCONNECTED, STALE -> {
        unheard.put(health.channel(), health);
        Sample last = samples.get(health.channel());
        if (last != null && last.receivedTimeNs() <= health.sinceNs()) {
          show(marked(last, health));
        }
      }
      // The next sample says what holds.
      case CONNECTED, MISMATCH -> unheard.remove(health.channel());
    }
  }

  /** Grows with every change. */
  long version() {
    return version;
  }

  /** A view of what is shown. */
  Map<ChannelId, Sample> samples() {
    return Collections.unmodifiableMap(samples);
  }

  /** Hands out what changed after a version. */
  void after(long afterVersion, BiConsumer<ChannelId, Sample> taker) {
    versions.forEach(
        (channel, changed) -> {
          Sample sample = samples.get(channel);
          if (changed > afterVersion && sample != null) {
            taker.accept(channel, sample);
          }
        });
  }

  private void show(Sample sample) {
    Sample before = samples.get(sample.channel());
    if (before != null && before.receivedTimeNs() > sample.receivedTimeNs()) {
      return;
    }
    samples.put(sample.channel(), sample);
    versions.put(sample.channel(), ++version);
  }

  private static Sample marked(Sample last, ChannelHealth lost) {
    if (last.quality() == Quality.DISCONNECTED) {
      return last;
    }
    boolean gone = lost.link() == ChannelHealth.Link.DISCONNECTED;
    return new Sample(
        last.channel(),
        last.value(),
        gone ? Severity.INVALID : last.severity(),
        last.status(),
        last.sourceTimeNs(),
        lost.sinceNs(),
        gone ? Quality.DISCONNECTED : Quality.STALE,
        0,
        last.sequence());
  }
}
