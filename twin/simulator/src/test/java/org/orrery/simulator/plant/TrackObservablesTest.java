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
}
