package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramStandingTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void shouldSayWhatKeepsHistogramsAway() {
    // When / Then
    assertThat(new HistogramStanding(0, 0, 0, 0).trouble("M:", 0)).contains("M:CATALOGUE");
    assertThat(new HistogramStanding(9, 7, 0, 0).trouble("M:", 0)).startsWith("2 of 9");
    assertThat(new HistogramStanding(9, 9, 100 * SECOND, 60 * SECOND).trouble("M:", 281 * SECOND))
        .contains("181 s of plant time", "every 60 s");
    assertThat(new HistogramStanding(9, 9, 100 * SECOND, 60 * SECOND).trouble("M:", 280 * SECOND))
        .isEmpty();
    assertThat(new HistogramStanding(9, 9, 0, 0).trouble("M:", 280 * SECOND)).isEmpty();
    assertThat(new HistogramStanding(9, 9, 281 * SECOND, 60 * SECOND).trouble("M:", 100 * SECOND))
        .contains("181 s ahead of plant time", "clock");
    assertThat(new HistogramStanding(9, 9, 280 * SECOND, 60 * SECOND).trouble("M:", 100 * SECOND))
        .isEmpty();
  }
}
