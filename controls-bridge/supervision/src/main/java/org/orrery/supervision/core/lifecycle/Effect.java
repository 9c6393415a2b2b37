package org.orrery.supervision.core.lifecycle;

import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;

/** What must be done once a transition is on record, and not before. */
public sealed interface Effect {
  /** Ask the twin to play the plan. */
  record Rehearse() implements Effect {}

  /** Put the plan before people. */
  record Open() implements Effect {}

  /** Begin the approved plan with the readings of that moment. */
  record BeginExecution() implements Effect {}

  /** Sign the command and hand it to the gate, once. */
  record Issue(Command command) implements Effect {}

  /** Ask the gate what became of a command until it knows; never hand the command in again. */
  record AskOutcome(CommandId command) implements Effect {}

  /**
   * Compare reality with the limits of a step.
   *
   * @param step which step, from 0
   * @param writtenNs when the write was confirmed, plant ns
   */
  record Verify(int step, long writtenNs) implements Effect {}

  /** Begin the next step as soon as the pace allows. */
  record StepNext() implements Effect {}

  /** Take back the next step as soon as the pace allows. */
  record UndoNext() implements Effect {}

  /** Call a person. */
  record Call(String whom, String why) implements Effect {}
}
