package org.orrery.operations.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.value.Value;

class UnderWayTest {
  private static final Facility FACILITY =
      Plants.of(Map.of("loop", List.of("pump", "valve")), "pump", "valve", "supply");
  private static final TagOut LOOP =
      new TagOut("loop", "vera", "pipe is open", 1, List.of("pump", "valve"));

  @Test
  void shouldNameWhatHasBegunOnTheDevicesAndHasNotEnded() {
    // Given
    Command ended = Writes.to("c-1", "pump.flow", 1);
    List<GateRecord> log =
        List.of(
            begins(ended),
            new GateRecord(
                ended, Optional.of(new CommandOutcome.Confirmed(ended.id(), 1, Value.of(1.0)))),
            begins(Writes.to("c-2", "valve.flow", 2)),
            begins(Writes.to("c-3", "supply.flow", 3)));

    // Then
    assertThat(UnderWay.on(LOOP, log, FACILITY)).containsExactly("valve.flow to 2.0");
  }

  @Test
  void shouldNotTakeAForgedCommandForTheEndOfTheOneWithItsId() {
    // Given
    Command genuine = Writes.to("c-1", "pump.flow", 1);
    List<GateRecord> log =
        List.of(
            begins(genuine),
            turnedAway(genuine, Reason.DUPLICATE),
            turnedAway(genuine, Reason.BAD_SIGNATURE));

    // Then
    assertThat(UnderWay.on(LOOP, log, FACILITY)).containsExactly("pump.flow to 1.0");
  }

  private static GateRecord begins(Command command) {
    return new GateRecord(command, Optional.empty());
  }

  private static GateRecord turnedAway(Command command, Reason reason) {
    return new GateRecord(
        command, Optional.of(new CommandOutcome.Refused(command.id(), 1, reason, "no")));
  }
}
