package org.orrery.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PercentilesTest {
  @Test
  void shouldGiveExactRanks() {
    // Given
    Percentiles percentiles = new Percentiles();
    for (int i = 5_000; i >= 1; i--) {
      percentiles.add(i);
    }

    // When
    Percentiles.Spread spread = percentiles.spread();

    // Then
    assertThat(spread).isEqualTo(new Percentiles.Spread(5_000, 1, 2_500, 4_500, 4_950, 5_000));
  }

  @Test
  void shouldBeNotANumberWithoutValues() {
    // Given
    Percentiles percentiles = new Percentiles();

    // When
    double median = percentiles.at(0.5);

    // Then
    assertThat(median).isNaN();
  }
}
