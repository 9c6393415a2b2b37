package org.orrery.archive.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;

class GapTrackerTest {
  private static final ChannelId FLOW = new ChannelId("purif.flow");

  private final GapTracker tracker = new GapTracker();

  private static ChannelHealth health(Link link, String detail, long sinceNs) {
    return new ChannelHealth(FLOW, link, detail, sinceNs);
  }

  @Test
  void shouldTellWhenASilenceBeginsAndEnds() {
    assertThat(tracker.step(health(Link.DISCONNECTED, "no reply", 10)))
        .containsExactly(
            new GapTracker.Closed(FLOW, 10),
            new GapTracker.Opened(FLOW, 10, "disconnected: no reply"));
    assertThat(tracker.step(health(Link.CONNECTED, "", 20)))
        .containsExactly(new GapTracker.Closed(FLOW, 20));
  }

  @Test
  void shouldTellTheTimeInWhichNobodyListenedAsASilence() {
    // When a channel connects at once after a start
    List<GapTracker.Fact> atOnce =
        tracker.step(new ChannelHealth(FLOW, Link.CONNECTED, "", 20, OptionalLong.of(5)));

    // Then
    assertThat(atOnce).hasSize(2);
    assertThat(atOnce.getFirst())
        .isInstanceOfSatisfying(
            GapTracker.Opened.class,
            opened -> {
              assertThat(opened.fromNs()).isEqualTo(5);
              assertThat(opened.reason()).startsWith("disconnected: not connected since the start");
            });
    assertThat(atOnce.getLast()).isEqualTo(new GapTracker.Closed(FLOW, 20));

    // When it does not connect
    List<GapTracker.Fact> never =
        new GapTracker()
            .step(new ChannelHealth(FLOW, Link.DISCONNECTED, "gone", 20, OptionalLong.of(5)));

    // Then
    assertThat(never)
        .containsExactly(
            new GapTracker.Closed(FLOW, 5), new GapTracker.Opened(FLOW, 5, "disconnected: gone"));
  }

  @Test
  void shouldNotCutASilenceIntoPiecesWhenItIsToldAgain() {
    // Given
    tracker.step(health(Link.STALE, "", 10));

    // When / Then
    assertThat(tracker.step(health(Link.STALE, "", 15))).isEmpty();
    assertThat(tracker.step(health(Link.DISCONNECTED, "", 20)))
        .containsExactly(
            new GapTracker.Closed(FLOW, 20), new GapTracker.Opened(FLOW, 20, "disconnected"));
  }
}
