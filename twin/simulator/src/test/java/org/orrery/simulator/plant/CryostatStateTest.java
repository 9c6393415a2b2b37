package org.orrery.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no channel shows: boiling, and parts that age. */
class CryostatStateTest {
  private static final long HOUR_TICKS = 36_000;

  private long tick;

  private void live(Plant plant, double hours) {
    long end = tick + (long) (hours * HOUR_TICKS);
    while (tick < end) {
      tick += Plant.PROCESS_TICKS;
      plant.advance(tick);
    }
  }

  private static Plant plant(long seed) {
    return new Plant(DetectorConfig.protoDuneSpLike(), seed);
  }

  @Test
  void shouldBoilOnlyLateAfterTheNitrogenIsLost() {
    // Given
    Plant plant = plant(61);
    live(plant, 12);
    assertThat(plant.cryostat().boilingShare()).isZero();
    plant.knobs().find("cryo.ln2.lost").orElseThrow().push(1.0);
    // When
    live(plant, 12);
    // Then
    assertThat(plant.cryostat().boilingShare()).isZero();
    live(plant, 24);
    assertThat(plant.cryostat().boilingShare()).isBetween(0.3, 1.0);
  }

  @Test
  void shouldTellHowMuchOfTheMainsIsLeft() {
    // Given
    Plant plant = plant(61);
    assertThat(plant.environment().powerShare()).isEqualTo(1.0);
    // When
    plant.knobs().find("site.power.lost").orElseThrow().push(1.0);
    // Then
    assertThat(plant.environment().powerShare()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {62, 63, 64, 65})
  void shouldShowNoAgeInADayAndWearOutWithinMonths(long seed) {
    // Given
    Wear wear = new Wear(new Wear.Law(5.0, 20.0, 20.0, 80.0, 4.0), seed);
    // When
    wear.use(86_400.0);
    // Then
    assertThat(wear.amount()).isZero();
    int days = 1;
    double weekBefore = 0.0;
    while (wear.amount() < 1.0) {
      weekBefore = days % 7 == 0 ? wear.amount() : weekBefore;
      wear.use(86_400.0);
      days++;
    }
    assertThat(days).isBetween(20, 101);
    assertThat(weekBefore).isGreaterThan(0.1);
    wear.renew();
    assertThat(wear.amount()).isZero();
  }

  @Test
  void shouldOpenTheValveFurtherWhenTheCondenserFoulsUntilADefrost() {
    // Given
    Plant plant = plant(66);
    live(plant, 12);
    double clean = plant.cryostat().loop().commandPercent();
    plant.knobs().find("cryo.condenser.ageing").orElseThrow().push(400.0);
    // When
    live(plant, 8);
    // Then
    double fouled = plant.cryostat().loop().commandPercent();
    assertThat(fouled).isGreaterThan(clean + 8);
    assertThat(plant.cryostat().gaugeMillibar()).isCloseTo(140, within(3.0));
    plant.knobs().rest(plant.knobs().all());
    plant.cryostat().condenser().defrost().ask(true);
    live(plant, 1);
    assertThat(plant.cryostat().condenser().heatWatts()).isZero();
    live(plant, 15);
    assertThat(plant.cryostat().loop().commandPercent()).isCloseTo(clean, within(5.0));
  }

  @Test
  void shouldKeepForeignGasInBalanceWithTheLiquid() {
    // Given
    UllageGas ullage = new UllageGas();
    double[] liquid = new double[UllageGas.SPECIES];
    double[] dissolved = new double[UllageGas.SPECIES];
    // When
    for (int second = 0; second < 3_600; second++) {
      ullage.advance(1.0, 0.001, 270.0, 2e-4, liquid, dissolved);
    }
    // Then
    assertThat(ullage.totalMol()).isBetween(2.0, 3.6);
    assertThat(dissolved[UllageGas.NITROGEN]).isPositive();
    liquid[UllageGas.NITROGEN] = 1e-3;
    ullage.advance(1.0, 0.0, 270.0, 2e-4, liquid, dissolved);
    assertThat(dissolved[UllageGas.NITROGEN]).isNegative();
    assertThat(dissolved[UllageGas.OXYGEN]).isZero();
  }
}
