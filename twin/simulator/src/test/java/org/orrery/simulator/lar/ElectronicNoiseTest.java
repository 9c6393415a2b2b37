package org.orrery.simulator.lar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ElectronicNoiseTest {
  private static final double LIQUID_KELVIN = 88.4;

  @Test
  void shouldGiveTheMeasuredNoiseOfASixMetreWire() {
    // When
    double electrons = ElectronicNoise.ofWire(6.0, LIQUID_KELVIN);
    // Then
    assertThat(electrons).isCloseTo(550, within(20.0));
  }

  @Test
  void shouldTellAnOpenWireByItsNoise() {
    // When
    double electrons = ElectronicNoise.ofWire(0.0, LIQUID_KELVIN);
    // Then
    assertThat(electrons).isLessThan(300);
  }

  @Test
  void shouldBeAboutHalfInTheLiquid() {
    // When
    double ratio = ElectronicNoise.ofWire(6.0, LIQUID_KELVIN) / ElectronicNoise.ofWire(6.0, 295.0);
    // Then
    assertThat(ratio).isBetween(0.5, 0.6);
  }
}
