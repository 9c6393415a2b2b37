package org.orrery.supervision.core.lifecycle;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.supervision.core.Readings;

/** Which undo is under way, and which one is due next. Stateless. */
final class UndoOrder {
  private UndoOrder() {}

  /** An undo that may have been written and is not confirmed. */
  static Optional<StepRecord> inDoubt(Proposal proposal) {
    return proposal.record().stream()
        .filter(StepRecord::undo)
        .filter(record -> !Moves.confirmed(record) && !Moves.mayTryAgain(record))
        .findFirst();
  }

  /**
   * The highest step that may have been written, declares an undo, and has had none issued that may
   * have been written. A step counts as written unless the gate's first and only word on it is a
   * refusal that is certain to precede the put.
   */
  static OptionalInt next(Proposal proposal) {
    BitSet due = new BitSet();
    for (StepRecord record : proposal.record()) {
      if (!record.undo() && !Moves.notWritten(record)) {
        due.set(record.step());
      }
    }
    proposal.record().stream()
        .filter(record -> record.undo() && !Moves.mayTryAgain(record))
        .forEach(record -> due.clear(record.step()));
    for (int step = due.length() - 1; step >= 0; step = due.previousSetBit(step - 1)) {
      if (proposal.plan().steps().get(step).undo().isPresent()) {
        return OptionalInt.of(step);
      }
    }
    return OptionalInt.empty();
  }

  /** What keeps the undo of a step from being issued on these readings, one sentence each. */
  static List<String> broken(Proposal proposal, int step, Readings readings) {
    Step.Undo undo = proposal.plan().steps().get(step).undo().orElseThrow();
    return readings.broken(undo.preconditions());
  }
}
