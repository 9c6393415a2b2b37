package org.orrery.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published rates of streamers, and how they scale. */
class ChargeUpTest {
  private static final double STEP = 10.0;
  private static final double DAY = 86_400.0;

  /** Streamers in a time, their shares, and how long they burn. */
  private record Story(int count, double least, double most, double burningSeconds) {}

  private static Story live(ChargeUp chargeUp, double days, double volts, double quenchAfter) {
    int count = 0;
    double least = 1.0;
    double most = 0.0;
    double burning = 0.0;
    double since = 0.0;
    double before = 0.0;
    for (double t = 0; t < days * DAY; t += STEP) {
      double share = chargeUp.advance(STEP, volts, since >= quenchAfter);
      since = share > 0.0 ? since + STEP : 0.0;
      if (share > 0.0 && before == 0.0) {
        count++;
        least = Math.min(least, share);
        most = Math.max(most, share);
      }
      burning += share > 0.0 ? STEP : 0.0;
      before = share;
    }
    return new Story(count, least, most, burning);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldComeFourToSixTimesADayWhenQuenchedAtOnce(long seed) {
    // Given
    ChargeUp chargeUp = new ChargeUp(HvActivity.PUBLISHED, seed);
    live(chargeUp, 21, 180e3, 180);
    // When
    Story story = live(chargeUp, 30, 180e3, 180);
    // Then
    assertThat(story.count() / 30.0).isBetween(3.5, 6.5);
    assertThat(story.least()).isGreaterThanOrEqualTo(0.01);
    assertThat(story.most()).isBetween(0.15, 0.20);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldComeEveryTenToFourteenDaysWhenLeftToQuenchItself(long seed) {
    // Given
    ChargeUp chargeUp = new ChargeUp(HvActivity.PUBLISHED, seed);
    live(chargeUp, 30, 180e3, Double.MAX_VALUE);
    // When
    Story story = live(chargeUp, 120, 180e3, Double.MAX_VALUE);
    // Then
    assertThat(120.0 / story.count()).isBetween(9.0, 16.0);
    assertThat(story.burningSeconds() / story.count() / 3_600.0).isBetween(6.0, 12.0);
  }

  @Test
  void shouldAlmostNeverComeAtTheVoltageOfSmallerDetectors() {
    // Given
    ChargeUp chargeUp = new ChargeUp(HvActivity.PUBLISHED, 1);
    // When
    Story story = live(chargeUp, 60, 100e3, 180);
    // Then
    assertThat(story.count()).isLessThan(8);
    assertThat(live(new ChargeUp(HvActivity.PUBLISHED, 1), 60, 75e3, 180).count()).isZero();
    assertThat(live(new ChargeUp(HvActivity.OFF, 1), 60, 180e3, 180).count()).isZero();
  }
}
