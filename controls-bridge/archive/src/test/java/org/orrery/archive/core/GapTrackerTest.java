package org.orrery.archive.core;

import static org.assertj.core.api.Assertions.assertThat;

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
