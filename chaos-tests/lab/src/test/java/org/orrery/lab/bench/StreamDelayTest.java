package org.orrery.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class StreamDelayTest {
  private static final double WALL_MS = 2_000_000.0;
  private static final double PLANT_MS = 50_000_000.0;

  private final StreamDelay delay = new StreamDelay(WALL_MS);

  @Test
  void shouldTurnSourceTimesIntoWallTimeByTheTicksOwnPair() throws IOException {
    // Given
    event("snapshot", 0, "\"a\":{\"t\":%f}".formatted(PLANT_MS - 9_000), 5);

    // When: taken 4 s of plant time, 200 ms of wall time, before the tick, received 7 ms after it
    event("tick", 400, "\"a\":{\"t\":%f}".formatted(PLANT_MS + 8_000 - 4_000), 407);

    // Then
    assertThat(delay.sourceToPage().count()).isEqualTo(1);
    assertThat(delay.sourceToPage().p50()).isCloseTo(207, within(1e-3));
    assertThat(delay.serverToPage().p50()).isCloseTo(7, within(1e-3));
    assertThat(delay.timeFactor()).isEqualTo(20);
  }

  @Test
  void shouldLeaveOutFirstAndRepeatedValuesAndOtherEvents() throws IOException {
    // Given
    event("tick", 0, "\"a\":{\"t\":%f}".formatted(PLANT_MS), 1);

    // When
    event("tick", 400, "\"a\":{\"t\":%f},\"b\":{\"t\":%f}".formatted(PLANT_MS, PLANT_MS), 401);
    event("snapshot", 800, "\"a\":{\"t\":%f}".formatted(PLANT_MS + 1), 801);
    delay.accept("twin", "not even JSON", WALL_MS);

    // Then
    assertThat(delay.sourceToPage().count()).isZero();
    assertThat(delay.ticks()).isEqualTo(2);
    assertThat(delay.betweenTicks().p50()).isCloseTo(400, within(1e-3));
  }

  @Test
  void shouldNotCountBeforeItsTime() throws IOException {
    // Given
    event("tick", -800, "\"a\":{\"t\":%f}".formatted(PLANT_MS - 16_000), -799);

    // When
    event("tick", -400, "\"a\":{\"t\":%f}".formatted(PLANT_MS - 9_000), -399);
    event("tick", 400, "\"a\":{\"t\":%f}".formatted(PLANT_MS + 8_000), 403);

    // Then
    assertThat(delay.ticks()).isEqualTo(1);
    assertThat(delay.sourceToPage().count()).isEqualTo(1);
    assertThat(delay.sourceToPage().p50()).isCloseTo(3, within(1e-3));
  }

  private void event(String kind, double afterMs, String channels, double receivedAfterMs)
      throws IOException {
    delay.accept(
        kind,
        "{\"plantMs\":%f,\"wallMs\":%f,\"timeFactor\":20,\"version\":\"t\",\"channels\":{%s}}"
            .formatted(PLANT_MS + 20 * afterMs, WALL_MS + afterMs, channels),
        WALL_MS + receivedAfterMs);
  }
}
