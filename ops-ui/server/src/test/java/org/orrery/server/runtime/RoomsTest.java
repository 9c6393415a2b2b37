package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.health.RoomHealth.Status;

/** Silence is not health. */
class RoomsTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final RoomHealth UP = new RoomHealth("gateway", Status.UP, "", 0);

  @Test
  void shouldCountARoomThatWasNeverHeardAsDown() {
    // Given
    Rooms rooms = new Rooms(Set.of("gateway", "alarms"), 0);

    // When
    rooms.heard(UP, SECOND_NS);

    // Then
    assertThat(rooms.at(SECOND_NS))
        .extracting(RoomHealth::room, RoomHealth::status)
        .containsExactly(tuple("alarms", Status.DOWN), tuple("gateway", Status.UP));
    assertThat(rooms.ready(SECOND_NS)).isFalse();
  }

  @Test
  void shouldCountARoomThatFellSilentAsDownAndSayForHowLong() {
    // Given
    Rooms rooms = new Rooms(Set.of("gateway"), 0);
    rooms.heard(UP, 0);
    assertThat(rooms.ready(Rooms.SILENT_NS)).isTrue();

    // When
    RoomHealth silent = rooms.at(47 * SECOND_NS).getFirst();

    // Then
    assertThat(silent.status()).isEqualTo(Status.DOWN);
    assertThat(silent.detail()).contains("not heard for 47 s");
    assertThat(rooms.ready(47 * SECOND_NS)).isFalse();

    // When
    rooms.heard(UP, 48 * SECOND_NS);

    // Then
    assertThat(rooms.ready(48 * SECOND_NS)).isTrue();
  }

  @Test
  void shouldNotBeReadyWithoutASingleRoom() {
    assertThat(new Rooms(Set.of(), 0).ready(0)).isFalse();
  }
}
