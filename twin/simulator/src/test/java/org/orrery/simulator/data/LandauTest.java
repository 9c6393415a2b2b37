package org.orrery.simulator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LandauTest {
  @Test
  void shouldHaveModeMedianAndTailOfLandau() {
    // Then
    assertThat(Landau.density(Landau.MODE))
        .isGreaterThan(Landau.density(Landau.MODE - 0.01))
        .isGreaterThan(Landau.density(Landau.MODE + 0.01))
        .isCloseTo(0.1806556, within(1e-5));
    assertThat(Landau.cumulative(1.35578)).isCloseTo(0.5, within(0.002));
    assertThat(Landau.cumulative(-5.0)).isZero();
    assertThat(1.0 - Landau.cumulative(200.0)).isCloseTo(0.005, within(1e-4));
  }

  @Test
  void shouldKeepThePeakOfASmearedSumWhereItsPartsAre() {
    // Given
    SmearedLandau shape = new SmearedLandau(new double[] {50.0}, 0.06, 3.0, 200.0);
    // When
    double steepest = 0.0;
    double at = 0.0;
    for (double x = 20.0; x < 120.0; x += 0.5) {
      double density = shape.cumulative(x + 0.5) - shape.cumulative(x - 0.5);
      if (density > steepest) {
        steepest = density;
        at = x;
      }
    }
    // Then
    assertThat(at).isBetween(49.5, 52.5);
    assertThat(shape.cumulative(200.0)).isBetween(0.97, 1.0);
  }
}
