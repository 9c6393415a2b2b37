package org.orrery.operations.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;

class LostNamesTest {
  private static final TagOut FIELD =
      new TagOut("drift-field", "vera", "cable is out", 1, List.of("cathode"));

  @Test
  void shouldSayNothingOfWhatTheFacilityKnows() {
    // Given
    Facility facility = Plants.of(Map.of("drift-field", List.of("cathode")), "cathode");

    // Then
    assertThat(LostNames.told(state(FIELD), facility)).isEmpty();
  }

  @Test
  void shouldSayThatADeviceStaysTaggedOutWhoseGroupHasAnotherName() {
    // Given
    Facility facility = Plants.of(Map.of("tpc-drift", List.of("cathode")), "cathode");

    // Then
    assertThat(LostNames.told(state(FIELD), facility))
        .singleElement()
        .asString()
        .contains("drift-field", "vera", "cable is out", "cathode, which it meant then, stays");
  }

  @Test
  void shouldSayThatNothingIsWrittenWhileADeviceHasAnotherName() {
    // Given
    Facility facility = Plants.of(Map.of("drift-field", List.of("supply")), "supply");
    TagOut old = new TagOut("pump", "otto", "bearing is out", 1);

    // Then
    assertThat(LostNames.told(state(FIELD, old), facility))
        .satisfiesExactly(
            told -> assertThat(told).contains("cathode is", "any device until vera lifts"),
            told -> assertThat(told).contains("pump is", "any device until otto lifts"));
  }

  @Test
  void shouldSayThatAReservationKeepsNothing() {
    // Given
    OperationsState state =
        new OperationsState(
            "UNKNOWN",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(new DeviceLock("pump", "otto", "test", 1, 2)));

    // Then
    assertThat(LostNames.told(state, Plants.of(Map.of(), "supply")))
        .singleElement()
        .asString()
        .contains("pump is reserved by otto", "keeps nothing");
  }

  private static OperationsState state(TagOut... tags) {
    return new OperationsState("UNKNOWN", Optional.empty(), Optional.empty(), List.of(tags));
  }
}
