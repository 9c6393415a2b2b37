package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.supervision.core.Readings;

/**
 * What may happen to a proposal. Identifiers for commands and the present readings are handed in.
 */
public sealed interface Event {
  /**
   * The twin has spoken, or declined to.
   *
   * @param rehearsal what it said
   * @param plan the plan with its verification limits set from the rehearsal; the same proposal
   */
  record RehearsalCame(Rehearsal rehearsal, Plan plan) implements Event {}

  /** The rehearsed plan is put before people. */
  record Opened() implements Event {}

  /**
   * A person says yes to the plan with this hash.
   *
   * @param barred why the access rules do not let the person, if they do not
   */
  record Approve(Person person, Bytes planHash, String reason, Optional<String> barred)
      implements Event {
    /** By somebody whom the access rules let. */
    public Approve(Person person, Bytes planHash, String reason) {
      this(person, planHash, reason, Optional.empty());
    }
  }

  /** A person says no. */
  record Reject(Person person, String reason) implements Event {}

  /**
   * The approved plan is to be begun.
   *
   * @param fresh id for the first command
   * @param readings what the channels show now
   */
  record Begin(CommandId fresh, Readings readings) implements Event {}

  /** The gate said how a write ended, or what reading back told later. */
  record OutcomeCame(CommandOutcome outcome) implements Event {}

  /**
   * The gate answered that it never saw the command.
   *
   * @param plantNs when it said so, plant ns
   */
  record GateNeverSaw(CommandId command, long plantNs) implements Event {}

  /**
   * The joint test of a step's verification limits is over.
   *
   * @param step which step, from 0
   * @param passed whether every channel arrived in time and stayed
   * @param checks what was seen
   */
  record VerificationEnded(int step, boolean passed, List<StepRecord.Check> checks)
      implements Event {
    public VerificationEnded {
      checks = List.copyOf(checks);
    }
  }

  /**
   * The effect of one step is as approved; the next one is due.
   *
   * @param fresh id for the next command
   * @param readings what the channels show now
   */
  record NextStep(CommandId fresh, Readings readings) implements Event {}

  /**
   * A person has the steps of a held proposal taken back.
   *
   * @param readings what the channels show now
   * @param barred why the access rules do not let the person, if they do not
   */
  record RollBack(Person person, String reason, Readings readings, Optional<String> barred)
      implements Event {
    /** By somebody whom the access rules let. */
    public RollBack(Person person, String reason, Readings readings) {
      this(person, reason, readings, Optional.empty());
    }
  }

  /**
   * Taking back was begun, or the undo of one step is confirmed; the next undo is due.
   *
   * @param fresh id for the undo command
   * @param readings what the channels show now
   */
  record NextUndo(CommandId fresh, Readings readings) implements Event {}

  /**
   * A set point of the plan, or what shows it, changed to something that the plan did not write.
   *
   * @param channel what the plan writes
   * @param after the plan's last command on that channel; absent where it wrote nothing there yet
   * @param why the thing, what was expected and seen, and who is known to have done it
   */
  record ForeignChange(ChannelId channel, Optional<CommandId> after, String why) implements Event {}

  /** A person stops this one plan. */
  record Stop(Person person, String reason) implements Event {}

  /** A person ends a held proposal, leaving the plant as it is. */
  record Abort(Person person, String reason) implements Event {}

  /** Time went on. */
  record TimePassed() implements Event {}

  /** An error of ours; never the normal end of anything. */
  record Broke(String why) implements Event {}

  /**
   * The gate is no longer there: nothing more is written, and what it did last is not known.
   *
   * @param why in words for people, with what to do
   */
  record GateAway(String why) implements Event {}
}
