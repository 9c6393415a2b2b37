package org.orrery.supervision.runtime;

import java.util.List;
import java.util.Optional;
import org.orrery.bus.Bus;
import org.orrery.bus.Topics;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.time.WallClock;
import org.orrery.supervision.core.audit.HouseEntries;

/**
 * Puts on record what the gate says, who stops and releases writing, and who takes control. For one
 * context; not thread-safe.
 */
final class HouseRecord {
  private final RecordKeeper keeper;
  private final WallClock clock;
  private Optional<WritingState> writing = Optional.empty();
  private Optional<OperationsState> operations = Optional.empty();

  HouseRecord(RecordKeeper keeper, WallClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  List<Bus.Subscription> listen(Bus bus) {
    return List.of(
        bus.subscribe(
            Topics.GATE_RECORDS, record -> keeper.note(HouseEntries.gate(record, clock.nowNs()))),
        bus.subscribe(Topics.WRITING_STATE, this::writing),
        bus.subscribe(Topics.OPERATIONS, this::operations));
  }

  private void writing(WritingState now) {
    HouseEntries.writing(writing, now, clock.nowNs()).ifPresent(keeper::note);
    writing = Optional.of(now);
  }

  private void operations(OperationsState now) {
    HouseEntries.operations(operations, now, clock.nowNs()).forEach(keeper::note);
    operations = Optional.of(now);
  }
}
