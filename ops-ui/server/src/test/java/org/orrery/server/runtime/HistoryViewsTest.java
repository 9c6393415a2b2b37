package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.History;
import org.orrery.contract.sample.Severity;

class HistoryViewsTest {
  private static final long T0 = 1_795_404_205_161_420_777L;

  private static History.Point point(long timeNs) {
    return new History.Point(
        timeNs, 1, 1, 1, 1, 0, 1, 0, Severity.NONE, Optional.empty(), Set.of());
  }

  private static ObjectNode view(boolean truncated, Long... timesNs) {
    List<History.Point> points = new ArrayList<>();
    for (long timeNs : timesNs) {
      points.add(point(timeNs));
    }
    return HistoryViews.history(
        new History(
            new ChannelId("purif.flow"), points, false, truncated, Optional.empty(), List.of()));
  }

  /** As {@link ReadRoutes} reads a time that a browser hands back. */
  private static long readBack(ObjectNode node) {
    return Math.round(Double.parseDouble(node.get("nextMs").asText()) * 1_000_000);
  }

  @Test
  void shouldSayNothingToAskOnFromWhereTheAnswerIsWhole() {
    // When
    ObjectNode whole = view(false, T0, T0 + 1_000_000_000);

    // Then
    assertThat(whole.get("truncated").asBoolean()).isFalse();
    assertThat(whole.get("nextMs").isNull()).isTrue();
  }

  @Test
  void shouldSayUpToWhenATruncatedAnswerReaches() {
    // When
    ObjectNode cut = view(true, T0, T0 + 1_000_000_000);

    // Then
    assertThat(cut.get("truncated").asBoolean()).isTrue();
    assertThat(cut.get("nextMs").asDouble()).isBetween(1_795_404_206_161.41, 1_795_404_206_161.43);
  }

  @Test
  void shouldLeaveOutNoPointThoughTimesAreRoundedOnTheirWay() {
    // Given
    long seed = 20_261_129;
    Random random = new Random(seed);

    for (int i = 0; i < 10_000; i++) {
      // When
      long lastNs = T0 + random.nextLong(1_000_000_000_000L);
      long fromNs = readBack(view(true, T0, lastNs));

      // Then
      assertThat(fromNs)
          .as("seed %d, last point at %d ns", seed, lastNs)
          .isLessThanOrEqualTo(lastNs)
          .isGreaterThan(lastNs - 3_000);
    }
  }
}
