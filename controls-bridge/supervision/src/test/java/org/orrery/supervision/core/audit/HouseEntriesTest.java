package org.orrery.supervision.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.EndedLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.supervision.runtime.json.RecordJson;

class HouseEntriesTest {
  private static final DeviceLock OF_VERA = new DeviceLock("pump-a", "vera", "vibration", 5, 65);
  private static final DeviceLock OF_OTTO = new DeviceLock("pump-b", "otto", "cabling", 6, 66);
  private static final OperationsState FREE = state(List.of());

  private static OperationsState state(List<DeviceLock> locks, EndedLock... ended) {
    return new OperationsState(
        "PHYSICS", Optional.empty(), Optional.empty(), List.of(), locks, Arrays.asList(ended));
  }

  private static List<AuditEntry> entries(OperationsState before, OperationsState after) {
    return HouseEntries.operations(Optional.of(before), after, 99);
  }

  @Test
  void shouldNameWhoEndedAReservationAndNotItsOwner() {
    // Given
    OperationsState reserved = state(List.of(OF_VERA, OF_OTTO));
    EndedLock byOtto = new EndedLock(OF_VERA, Optional.of("otto"), 20);
    EndedLock expired = new EndedLock(OF_OTTO, Optional.empty(), 66);

    // When
    List<AuditEntry> released = entries(reserved, state(List.of(OF_OTTO), byOtto));
    List<AuditEntry> later =
        entries(state(List.of(OF_OTTO), byOtto), state(List.of(), byOtto, expired));

    // Then
    assertThat(released)
        .containsExactly(new AuditEntry(99, "otto", "lock.released", "pump-a", byOtto));
    assertThat(RecordJson.write(released.getFirst().content()))
        .contains("\"by\":\"otto\"", "\"owner\":\"vera\"");
    assertThat(later)
        .containsExactly(new AuditEntry(99, "operations", "lock.expired", "pump-b", expired));
  }

  @Test
  void shouldRecordAReservationThatBeganAndEndedBetweenTwoStates() {
    // When
    List<AuditEntry> entries =
        entries(FREE, state(List.of(), new EndedLock(OF_VERA, Optional.of("otto"), 20)));

    // Then
    assertThat(entries).extracting(AuditEntry::actor).containsExactly("otto");
  }

  @Test
  void shouldNameNobodyWhereNothingSaysWhoEndedIt() {
    // When operations was started anew and knows of the reservation no more
    List<AuditEntry> entries = entries(state(List.of(OF_VERA)), FREE);

    // Then
    assertThat(entries)
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("operations");
              assertThat(entry.action()).isEqualTo("lock.gone");
            });
  }

  @Test
  void shouldTakeAProlongedReservationForTheSame() {
    // When
    DeviceLock longer = new DeviceLock("pump-a", "vera", "longer", 5, 165);
    List<AuditEntry> entries = entries(state(List.of(OF_VERA)), state(List.of(longer)));

    // Then
    assertThat(entries).extracting(AuditEntry::action).containsExactly("lock.set");
  }

  @Test
  void shouldRecordTheReservationsThatAreFoundAtTheStart() {
    // When
    List<AuditEntry> found =
        HouseEntries.operations(
            Optional.empty(),
            state(List.of(OF_VERA), new EndedLock(OF_OTTO, Optional.of("vera"), 7)),
            99);

    // Then
    assertThat(found).extracting(AuditEntry::action).containsExactly("operations.state-seen");
    assertThat(RecordJson.write(found.getFirst().content()))
        .contains("\"owner\":\"vera\",\"reason\":\"vibration\"", "\"by\":\"vera\"");
  }
}
