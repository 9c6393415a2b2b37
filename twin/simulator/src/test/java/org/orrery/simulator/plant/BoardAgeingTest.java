package org.orrery.simulator.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What changes so slowly that only weeks show it. */
class BoardAgeingTest {
  private static final int BOARDS = 30;
  private static final double DAY_SECONDS = 86_400.0;

  private final SimRandom random = new SimRandom(9, 60);
  private final BoardSupply supply = new BoardSupply(BOARDS, new Knobs(), random);
  private final ReadoutChannels channels = new ReadoutChannels(BOARDS, new Knobs(), random);

  private double silent() {
    double sum = 0;
    for (int i = 0; i < BOARDS; i++) {
      sum += channels.silent(i);
    }
    return sum;
  }

  private double fastestDriftVolts() {
    double most = 0;
    for (int i = 0; i < BOARDS; i++) {
      most = Math.max(most, Math.abs(supply.driftVolts(i)));
    }
    return most;
  }

  private void days(double days) {
    for (double t = 0; t < days * DAY_SECONDS; t += 10) {
      supply.advance(10);
      channels.advance(10, random);
    }
  }

  @Test
  void shouldLoseChannelsAndVoltageWithinWeeks() {
    // Given
    double dead = silent();
    days(1);
    double firstDay = silent() - dead;
    double firstVolts = fastestDriftVolts();
    // When
    days(55);
    // Then
    assertThat(firstDay).isLessThan(4);
    assertThat(firstVolts).isLessThan(2.5e-4);
    assertThat(silent() - dead).isBetween(12.0, 60.0);
    assertThat(fastestDriftVolts()).isBetween(2e-3, 12e-3);
  }

  @Test
  void shouldRecoverFromAChargeThatAnotherSubsystemBrings() {
    // Given
    channels.saturate(0.25);
    long railed = channels.railed();
    // When
    for (int i = 0; i < 20; i++) {
      channels.second(1);
    }
    // Then
    assertThat(railed).isEqualTo(960);
    assertThat(channels.railed()).isZero();
  }
}
