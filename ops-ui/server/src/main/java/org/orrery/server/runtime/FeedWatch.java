package org.orrery.server.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.contract.health.BridgeHealth;

/**
 * Whether the values that pages show are what the gateway hears now. The gateway says over the
 * event bus when it last heard the detector; what it heard then must come by the sample feed, which
 * between processes is Kafka. So a quiet detector is no trouble, and a feed that stands still is,
 * however quiet it is. Pure: time comes with each call. Not thread-safe.
 */
final class FeedWatch {
  /** A gateway that is silent, or values that are behind, for longer than this; wall ns. */
  static final long LATE_NS = 10_000_000_000L;

  private static final long SECOND_NS = 1_000_000_000L;
  private static final int MOST_EXPECTED = 32;

  private final Deque<Expected> expected = new ArrayDeque<>();
  private final long startNs;
  private OptionalLong answeredNs = OptionalLong.empty();
  private long newestNs = Long.MIN_VALUE;

  /**
   * Something that the gateway heard and that has not come yet.
   *
   * @param heardNs when the gateway heard it, plant ns
   * @param toldNs when it was told here, wall ns
   */
  private record Expected(long heardNs, long toldNs) {}

  /**
   * Values are not the present.
   *
   * @param why in words for people, with what to do
   * @param sinceNs wall ns
   */
  record Blind(String why, long sinceNs) {
    /** In one line, with how long it lasts. */
    String at(long nowNs) {
      return "values are not current since " + (nowNs - sinceNs) / SECOND_NS + " s: " + why;
    }
  }

  /**
   * @param startNs since when this listens, wall ns
   */
  FeedWatch(long startNs) {
    this.startNs = startNs;
  }

  /** The gateway said how its connections are. */
  void answered(BridgeHealth health, long nowNs) {
    answeredNs = OptionalLong.of(nowNs);
    long heardNs =
        health.servers().stream().mapToLong(server -> server.traffic().heardNs()).max().orElse(0);
    // Bounded: it is the oldest that counts, and the newest, by which it is over.
    if (expected.size() == MOST_EXPECTED) {
      expected.removeLast();
    }
    if (heardNs > newestNs && heardNs > 0) {
      expected.addLast(new Expected(heardNs, nowNs));
    }
  }

  /**
   * A value came.
   *
   * @param receivedNs when the gateway received it, plant ns
   */
  void received(long receivedNs) {
    newestNs = Math.max(newestNs, receivedNs);
    while (!expected.isEmpty() && expected.getFirst().heardNs() <= newestNs) {
      expected.removeFirst();
    }
  }

  /** When the gateway received the newest value that came, plant ns; empty before the first. */
  OptionalLong newestNs() {
    return newestNs == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(newestNs);
  }

  /** Why values are not the present; empty while they are. */
  Optional<Blind> blind(long nowNs) {
    if (answeredNs.isEmpty()) {
      return Optional.of(
          new Blind("the gateway has not answered yet; see to its process", startNs));
    }
    if (nowNs - answeredNs.getAsLong() > LATE_NS) {
      return Optional.of(
          new Blind("the gateway does not answer; see to its process", answeredNs.getAsLong()));
    }
    Expected oldest = expected.peekFirst();
    return oldest == null || nowNs - oldest.toldNs() <= LATE_NS
        ? Optional.empty()
        : Optional.of(
            new Blind(
                "the gateway hears the detector, but its values do not come here; see to Kafka",
                oldest.toldNs()));
  }
}
