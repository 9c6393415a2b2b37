package org.orrery.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TrackObservablesTest {
  private static final double KELVIN = 88.1;

  private final DetectorConfig config = DetectorConfig.protoDuneSpLike();
  private final SimRandom random = new SimRandom(3, 1);
  private final Purity purity = new Purity(config, 1.67, new Knobs(), random);
  private final TrackObservables tracks = new TrackObservables(config, random);

  private void live(double kilovolts, double seconds) {
    for (double t = 0; t < seconds; t += 10) {
      tracks.advance(10, kilovolts * 1e3, KELVIN, purity, 1.0, random);
    }
  }

  @Test
  void shouldStayBiasedForMinutesAfterASustainedFieldStep() {
    // Given
    live(180, 3_600);
    double settled = tracks.anodeKePerCm();
    live(90, 14_400);
    // When
    live(180, 20);
    double early = tracks.anodeKePerCm();
    // Then
    live(180, 3_600);
    assertThat(tracks.anodeKePerCm() / settled).isCloseTo(1, within(0.004));
    assertThat(early / settled).isLessThan(0.994);
  }

  @Test
  void shouldNotNoticeAnInterruptionOfMilliseconds() {
    // Given
    live(180, 3_600);
    double settled = tracks.anodeKePerCm();
    // When
    tracks.advance(0.01, 0.0, KELVIN, purity, 1.0, random);
    live(180, 10);
    // Then
    assertThat(tracks.anodeKePerCm() / settled).isCloseTo(1, within(0.001));
  }

  @Test
  void shouldMoveChargeAndLightOppositelyWithTheField() {
    // Given
    live(180, 3_600);
    double charge = tracks.anodeKePerCm();
    double light = tracks.lightRelative();
    // When
    live(150, 3_600);
    // Then
    assertThat(tracks.anodeKePerCm()).isLessThan(charge);
    assertThat(tracks.lightRelative()).isGreaterThan(light);
    assertThat(tracks.driftMicroseconds()).isGreaterThan(2_400);
  }

  @Test
  void shouldBiasACalibrationForMinutesAfterASustainedChangeAndNotLater() {
    // Given
    TrackObservables quiet = new TrackObservables(config, new SimRandom(4, 1));
    TrackObservables stepped = new TrackObservables(config, new SimRandom(4, 1));
    SimRandom chance = new SimRandom(5, 1);
    SimRandom sameChance = new SimRandom(5, 1);
    run(quiet, 180, 14_400, chance);
    run(stepped, 90, 14_400, sameChance);
    // When
    run(quiet, 180, 20, chance);
    run(stepped, 180, 20, sameChance);
    double charge = stepped.anodeKePerCm() / quiet.anodeKePerCm() - 1;
    double drift = stepped.driftMicroseconds() / quiet.driftMicroseconds() - 1;
    run(quiet, 180, 460, chance);
    run(stepped, 180, 460, sameChance);
    double after8 = stepped.anodeKePerCm() / quiet.anodeKePerCm() - 1;
    run(quiet, 180, 1_320, chance);
    run(stepped, 180, 1_320, sameChance);
    double after30 = stepped.anodeKePerCm() / quiet.anodeKePerCm() - 1;
    // Then
    assertThat(charge).isBetween(-0.009, -0.006);
    assertThat(drift).isBetween(0.006, 0.009);
    assertThat(after8).isBetween(-0.003, -0.0015);
    assertThat(after30).isCloseTo(0, within(0.0002));
    assertThat(stepped.lightRelative()).isEqualTo(quiet.lightRelative());
  }

  private void run(TrackObservables each, double kilovolts, double seconds, SimRandom chance) {
    for (double t = 0; t < seconds; t += 10) {
      each.advance(10, kilovolts * 1e3, KELVIN, purity, 1.0, chance);
    }
  }

  @Test
  void shouldBendTracksByADistortionOfTheFieldCage() {
    // Given
    live(180, 3_600);
    double straight = tracks.residualMillimetres(0);
    // When
    double bent = tracks.residualMillimetres(0.0023);
    // Then
    assertThat(straight).isLessThan(2.5);
    assertThat(bent).isGreaterThan(8);
    live(0, 20);
    assertThat(tracks.residualMillimetres(0.0023)).isNaN();
  }
}
