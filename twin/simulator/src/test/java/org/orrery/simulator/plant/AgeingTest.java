package org.orrery.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AgeingTest {
  private static final long TICKS_PER_DAY = 864_000;

  private final Plant plant = new Plant(DetectorConfig.protoDuneSpLike(), 71);
  private long tick;

  private void days(int days) {
    long end = tick + days * TICKS_PER_DAY;
    while (tick < end) {
      tick += Plant.SLOW_TICKS;
      plant.advance(tick);
    }
  }

  @Test
  void shouldLoseGainAndLeakSlowlyEnoughToBeForecast() {
    // Given
    double current = plant.highVoltage().currentMicroamps();
    days(14);
    double lostGain = 1.0 - plant.photonDetectors().pulseHeightRelative();
    double grown = plant.highVoltage().currentMicroamps() - current;
    // When
    days(14);
    // Then
    double lostIn28 = 1.0 - plant.photonDetectors().pulseHeightRelative();
    double grownIn28 = plant.highVoltage().currentMicroamps() - current;
    assertThat(lostIn28).isBetween(0.005, 0.018);
    assertThat(lostIn28 / lostGain).isCloseTo(2, within(0.2));
    assertThat(grownIn28).isBetween(0.4, 1.6);
    assertThat(grownIn28 / grown).isCloseTo(2, within(0.3));
    assertThat(plant.highVoltage().groundPlaneNanoamps(5)).isLessThan(1);
  }

  @Test
  void shouldNotAgeWithinADay() {
    // Given
    Ageing ageing = new Ageing(1.0, new SimRandom(1, 1));
    // When
    ageing.advance(86_390);
    // Then
    assertThat(ageing.value()).isZero();
    ageing.advance(20);
    assertThat(ageing.value()).isBetween(0.2, 1.8);
  }
}
