package org.orrery.archive.core;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;

/**
 * Turns the health of channels into facts about their silence. Not thread-safe.
 *
 * <p>A channel that is disconnected or stale is silent; a mismatch is not: its samples come, marked
 * BAD. All are silent while nobody listens.
 */
public final class GapTracker {
  private static final String UNHEARD =
      "disconnected: not connected since the start of Orrery, which did not run before";

  private final Map<ChannelId, Opened> open = new HashMap<>();

  /** A fact to be stored. */
  public sealed interface Fact {
    /** The channel. */
    ChannelId channel();
  }

  /**
   * A silence began.
   *
   * @param channel which channel
   * @param fromNs since when, plant ns
   * @param reason why, for people
   */
  public record Opened(ChannelId channel, long fromNs, String reason) implements Fact {}

  /**
   * Every silence of the channel that began before has ended, also one that an earlier life of
   * Orrery left open.
   *
   * @param channel which channel
   * @param toNs when, plant ns
   */
  public record Closed(ChannelId channel, long toNs) implements Fact {}

  /** What to store after the channel's health changed. */
  public List<Fact> step(ChannelHealth health) {
    return switch (health.link()) {
      case CONNECTED, MISMATCH -> {
        open.remove(health.channel());
        Closed closed = new Closed(health.channel(), health.sinceNs());
        yield health.unheardFromNs().isPresent()
            ? List.of(
                new Opened(health.channel(), health.unheardFromNs().getAsLong(), UNHEARD), closed)
            : List.of(closed);
      }
      case STALE, DISCONNECTED -> {
        long fromNs = health.unheardFromNs().orElse(health.sinceNs());
        Opened opened = new Opened(health.channel(), fromNs, reason(health));
        Opened before = open.put(health.channel(), opened);
        if (before != null && before.reason().equals(opened.reason())) {
          open.put(health.channel(), before);
          yield List.of();
        }
        yield List.of(new Closed(health.channel(), fromNs), opened);
      }
    };
  }

  private static String reason(ChannelHealth health) {
    String link = health.link().name().toLowerCase(Locale.ROOT);
    return health.detail().isBlank() ? link : link + ": " + health.detail();
  }
}
