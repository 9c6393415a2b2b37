package org.orrery.operations.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;

class RememberedTest {
  private static final TagOut PUMP = new TagOut("pump", "vera", "bearing is out", 1);
  private static final TagOut SUPPLY = new TagOut("supply", "otto", "cable is out", 2);
  private static final TagOut VALVE = new TagOut("valve", "otto", "seal is out", 3);
  private static final DeviceLock LOCK = new DeviceLock("heater", "vera", "test", 4, 99);

  @Test
  void shouldTakeFromTheNewerPlaceAlsoWhatWasLiftedThere() {
    // Given
    Remembered begun = new Remembered(state("vera", List.of(PUMP)), 5);
    Remembered newer = new Remembered(state("otto", List.of(SUPPLY), LOCK), 6);

    // When
    OperationsState combined = Remembered.combine(begun, begun.state(), newer);

    // Then
    assertThat(combined).isEqualTo(newer.state());
  }

  @Test
  void shouldLeaveThingsAsTheyAreWhereTheOtherPlaceIsOlder() {
    // Given
    Remembered begun = new Remembered(state("vera", List.of(PUMP)), 5);
    Remembered older = new Remembered(state("otto", List.of(SUPPLY), LOCK), 4);

    // When
    OperationsState combined = Remembered.combine(begun, begun.state(), older);

    // Then
    assertThat(combined).isEqualTo(begun.state());
  }

  @Test
  void shouldKeepWhatEitherHoldsWhereNeitherIsNewer() {
    // Given
    Remembered begun = new Remembered(state("vera", List.of(PUMP)), 0);
    Remembered same = new Remembered(state("otto", List.of(SUPPLY), LOCK), 0);

    // When
    OperationsState combined = Remembered.combine(begun, begun.state(), same);

    // Then
    assertThat(combined.tagOuts()).containsExactlyInAnyOrder(PUMP, SUPPLY);
    assertThat(combined.locks()).containsExactly(LOCK);
    assertThat(combined.control()).contains(new ControlHolder("vera", 9));
  }

  @Test
  void shouldKeepWhatPeopleDidBeforeTheOtherPlaceWasRead() {
    // Given: the pump's tag-out was lifted since, the valve tagged out, and control changed hands
    Remembered begun = new Remembered(state("vera", List.of(PUMP)), 5);
    OperationsState now = state("otto", List.of(VALVE));
    OperationsState there = state("vera", List.of(PUMP, SUPPLY), LOCK);

    for (long revision : List.of(5L, 6L)) {
      // When
      OperationsState combined = Remembered.combine(begun, now, new Remembered(there, revision));

      // Then
      assertThat(combined.tagOuts()).containsExactly(SUPPLY, VALVE);
      assertThat(combined.control()).isEqualTo(now.control());
    }
  }

  @Test
  void shouldTakeAllFromTheOtherPlaceWhereThereWasNone() {
    // Given
    Remembered other = new Remembered(state("vera", List.of(PUMP), LOCK), 0);

    // When
    OperationsState combined =
        Remembered.combine(Remembered.NOTHING, OperationsState.UNKNOWN, other);

    // Then
    assertThat(combined).isEqualTo(other.state());
  }

  private static OperationsState state(String holder, List<TagOut> tags, DeviceLock... locks) {
    return new OperationsState(
        "UNKNOWN",
        Optional.empty(),
        Optional.of(new ControlHolder(holder, 9)),
        tags,
        List.of(locks));
  }
}
