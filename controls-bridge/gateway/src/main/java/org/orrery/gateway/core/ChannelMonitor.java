package org.orrery.gateway.core;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.ValueKind;

/**
 * The connection of one channel: turns what its PV tells into samples and health. Every method
 * takes the plant time at which it happens, ns, and returns what is to be published. Not
 * thread-safe: {@link Connections} guards it.
 */
final class ChannelMonitor {
  /** What is to be published after one event. */
  record Step(Optional<Sample> sample, Optional<ChannelHealth> health) {
    static final Step NOTHING = new Step(Optional.empty(), Optional.empty());
  }

  private final Channel channel;
  private final long staleAfterNs;
  private final long graceNs;
  private ChannelHealth health;
  private boolean told;
  private @Nullable Sample latest;
  private Optional<ControlSystem.Accepted> accepted = Optional.empty();
  private long heardNs;
  private long sequence;

  /**
   * @param staleAfterNs silence or age from which on the channel is stale, plant ns; 0 for a
   *     channel that only speaks on change
   * @param graceNs how long it may take to connect before it is told as disconnected, plant ns
   * @param life what it goes on from
   */
  ChannelMonitor(Channel channel, long staleAfterNs, long graceNs, GatewayLife life, long nowNs) {
    this.channel = channel;
    this.staleAfterNs = staleAfterNs;
    this.graceNs = graceNs;
    this.sequence = life.sequence();
    this.health =
        new ChannelHealth(
            channel.id(),
            Link.DISCONNECTED,
            "not connected since the start",
            nowNs,
            life.unheardFromNs());
  }

  Step onConnected(ControlSystem.Description metadata, long nowNs) {
    heardNs = nowNs;
    return described(metadata, nowNs);
  }

  /** The PV says something else about itself, which is no reading: silence stays silence. */
  Step onDescriptionChanged(ControlSystem.Description metadata, long nowNs) {
    boolean meant = MetadataCheck.differences(channel, metadata).isEmpty();
    if (health.link() == Link.DISCONNECTED || (health.link() == Link.STALE && meant)) {
      accepted = metadata.accepted();
      return Step.NOTHING;
    }
    return described(metadata, nowNs);
  }

  private Step described(ControlSystem.Description metadata, long nowNs) {
    accepted = metadata.accepted();
    List<String> differences = MetadataCheck.differences(channel, metadata);
    return differences.isEmpty()
        ? healthStep(Link.CONNECTED, "", nowNs)
        : healthStep(
            Link.MISMATCH,
            String.join("; ", differences) + "; correct the facility description or the PV",
            nowNs);
  }

  /** Its last reading is not a present one any more. */
  Step onRefused(String reason, long nowNs) {
    boolean had = health.link() != Link.DISCONNECTED;
    Step refused = healthStep(Link.DISCONNECTED, "it is not to be had: " + reason, nowNs);
    return had
        ? new Step(
            repeatLatest(Quality.DISCONNECTED, Severity.INVALID, "disconnected", nowNs),
            refused.health())
        : refused;
  }

  Step onUpdate(ControlSystem.Update update, long nowNs) {
    heardNs = nowNs;
    Quality quality = quality(update, nowNs);
    Sample sample =
        new Sample(
            channel.id(),
            update.value(),
            update.severity(),
            update.message(),
            update.timeNs(),
            nowNs,
            quality,
            update.lostBefore(),
            ++sequence);
    latest = sample;
    Optional<ChannelHealth> change =
        health.link() == Link.STALE
            ? healthStep(Link.CONNECTED, "", nowNs).health()
            : Optional.empty();
    return new Step(Optional.of(sample), change);
  }

  /**
   * The PV was read again after a reported loss: published where it tells something new. What came
   * while it was being read is newer than an older answer; without that, the answer is the newest
   * whatever the source's clock says.
   *
   * @param askedAfter the sequence number of the newest sample when it was asked
   */
  Step onReadAgain(ControlSystem.Update update, long askedAfter, long nowNs) {
    Sample last = latest;
    boolean known =
        last != null
            && ((update.timeNs() < last.sourceTimeNs() && sequence != askedAfter)
                || (update.timeNs() == last.sourceTimeNs()
                    && update.value().equals(last.value())
                    && update.severity() == last.severity()
                    && (last.quality() != Quality.BAD || quality(update, nowNs) == Quality.BAD)));
    return known || health.link() == Link.DISCONNECTED ? Step.NOTHING : onUpdate(update, nowNs);
  }

  Step onDisconnected(long nowNs) {
    if (health.link() == Link.DISCONNECTED) {
      return Step.NOTHING;
    }
    Optional<ChannelHealth> change =
        healthStep(Link.DISCONNECTED, "the connection was lost", nowNs).health();
    return new Step(
        repeatLatest(Quality.DISCONNECTED, Severity.INVALID, "disconnected", nowNs), change);
  }

  Step onTick(long nowNs) {
    if (!told && nowNs - health.sinceNs() >= graceNs) {
      told = true;
      return new Step(Optional.empty(), Optional.of(health));
    }
    if (staleAfterNs == 0 || health.link() != Link.CONNECTED || nowNs - heardNs <= staleAfterNs) {
      return Step.NOTHING;
    }
    Optional<ChannelHealth> change =
        healthStep(
                Link.STALE,
                "silent for "
                    + seconds(nowNs - heardNs)
                    + " s, expected every "
                    + seconds(channel.cadenceNs())
                    + " s",
                nowNs)
            .health();
    Sample last = latest;
    return last == null
        ? new Step(Optional.empty(), change)
        : new Step(repeatLatest(Quality.STALE, last.severity(), last.status(), nowNs), change);
  }

  Optional<Sample> latest() {
    return Optional.ofNullable(latest);
  }

  /** What the PV said last that it takes in a put. */
  Optional<ControlSystem.Accepted> accepted() {
    return accepted;
  }

  ChannelHealth health() {
    return health;
  }

  /** The health as it was published last; empty while the channel may still connect. */
  Optional<ChannelHealth> toldHealth() {
    return told ? Optional.of(health) : Optional.empty();
  }

  /** The sequence number of the newest sample; the one before the first, before that. */
  long sequence() {
    return sequence;
  }

  Channel channel() {
    return channel;
  }

  private Quality quality(ControlSystem.Update update, long nowNs) {
    if (health.link() == Link.MISMATCH
        || ValueKind.of(update.value()) != channel.kind()
        || update.value().asDouble().stream().anyMatch(number -> !Double.isFinite(number))
        || update.severity() == Severity.INVALID) {
      return Quality.BAD;
    }
    boolean old = staleAfterNs > 0 && nowNs - update.timeNs() > staleAfterNs;
    return old ? Quality.STALE : Quality.GOOD;
  }

  /** Says the last reading again, at its own source time: nobody took a reading since. */
  private Optional<Sample> repeatLatest(
      Quality quality, Severity severity, String status, long nowNs) {
    Sample last = latest;
    if (last == null) {
      return Optional.empty();
    }
    Sample repeated =
        new Sample(
            channel.id(),
            last.value(),
            severity,
            status,
            last.sourceTimeNs(),
            nowNs,
            quality,
            0,
            ++sequence);
    latest = repeated;
    return Optional.of(repeated);
  }

  private Step healthStep(Link link, String detail, long nowNs) {
    if (health.link() == link && health.detail().equals(detail)) {
      return Step.NOTHING;
    }
    OptionalLong unheardFromNs = told ? OptionalLong.empty() : health.unheardFromNs();
    health = new ChannelHealth(channel.id(), link, detail, nowNs, unheardFromNs);
    told = true;
    return new Step(Optional.empty(), Optional.of(health));
  }

  private static String seconds(long ns) {
    return Long.toString(Math.round(ns / 1e9));
  }
}
