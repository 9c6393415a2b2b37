package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.orrery.contract.health.BridgeHealth;

/** Values that no longer come are not the present, and a quiet detector is not blindness. */
class FeedWatchTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long PLANT_NS = 1_700_000_000L * SECOND_NS;

  private final FeedWatch watch = new FeedWatch(0);

  @Test
  void shouldBeBlindUntilTheGatewayAnswers() {
    // Given
    assertThat(watch.blind(SECOND_NS)).hasValueSatisfying(b -> assertThat(b.sinceNs()).isZero());

    // When
    watch.answered(heardAt(0), SECOND_NS);

    // Then
    assertThat(watch.blind(SECOND_NS)).isEmpty();
  }

  @Test
  void shouldBeBlindWhileWhatTheGatewayHeardDoesNotCome() {
    // Given
    watch.received(PLANT_NS);
    for (int second = 1; second <= 60; second++) {
      watch.answered(heardAt(PLANT_NS + second * SECOND_NS), second * SECOND_NS);
    }

    // Then
    assertThat(watch.blind(60 * SECOND_NS))
        .hasValueSatisfying(
            blind -> {
              assertThat(blind.sinceNs()).isEqualTo(SECOND_NS);
              assertThat(blind.at(60 * SECOND_NS)).contains("59 s", "see to Kafka");
            });

    // When it comes, the oldest first
    watch.received(PLANT_NS + 20 * SECOND_NS);
    boolean behind = watch.blind(60 * SECOND_NS).isPresent();
    watch.received(PLANT_NS + 60 * SECOND_NS);

    // Then
    assertThat(behind).isTrue();
    assertThat(watch.blind(60 * SECOND_NS)).isEmpty();
    assertThat(watch.newestNs()).hasValue(PLANT_NS + 60 * SECOND_NS);
  }

  @Test
  void shouldNotCallAQuietDetectorBlind() {
    // Given
    watch.received(PLANT_NS);

    // When
    for (int second = 1; second <= 3_600; second++) {
      watch.answered(heardAt(PLANT_NS), second * SECOND_NS);
    }

    // Then
    assertThat(watch.blind(3_601 * SECOND_NS)).isEmpty();
  }

  @Test
  void shouldLetValuesBeSomewhatBehind() {
    // When
    for (int second = 1; second <= 600; second++) {
      watch.answered(heardAt(PLANT_NS + second * SECOND_NS), second * SECOND_NS);
      watch.received(PLANT_NS + (second - 8) * SECOND_NS);
    }

    // Then
    assertThat(watch.blind(600 * SECOND_NS)).isEmpty();
  }

  @Test
  void shouldBeBlindOnceTheGatewayNoLongerAnswers() {
    // Given
    watch.answered(heardAt(0), SECOND_NS);
    assertThat(watch.blind(SECOND_NS + FeedWatch.LATE_NS)).isEmpty();

    // Then
    assertThat(watch.blind(SECOND_NS + FeedWatch.LATE_NS + 1))
        .hasValueSatisfying(b -> assertThat(b.sinceNs()).isEqualTo(SECOND_NS));

    // When
    watch.answered(heardAt(0), 40 * SECOND_NS);

    // Then
    assertThat(watch.blind(40 * SECOND_NS)).isEmpty();
  }

  static BridgeHealth heardAt(long heardNs) {
    return new BridgeHealth(
        heardNs,
        List.of(
            new BridgeHealth.ServerHealth(
                "10.0.0.1:5075",
                new BridgeHealth.Links(1, 0, 0, 0),
                new BridgeHealth.Traffic(1, 1, 0, 0, heardNs),
                OptionalDouble.empty(),
                OptionalDouble.empty())),
        0,
        List.of());
  }
}
