package org.orrery.contract.command;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Person;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.ProposalId;

/**
 * What the gate would say to a plan if it were approved and begun now. Every step is judged against
 * the plant as it is now, except that what earlier steps write is taken to be written and read
 * back; whatever else they would bring about has not happened.
 *
 * @param steps the verdict on each step in order
 */
public record DryRun(List<Step> steps) {
  public DryRun {
    steps = List.copyOf(steps);
  }

  /**
   * Asks for the dry run of a proposal.
   *
   * @param proposal which proposal
   * @param person who asks, and counts as the one who approves
   */
  public record Query(ProposalId proposal, Person person) {}

  /**
   * Asks the gate.
   *
   * @param commands commands that nobody has signed; the gate only judges them
   */
  public record Request(List<Command> commands) {
    public Request {
      commands = List.copyOf(commands);
    }
  }

  /**
   * The verdict on one step.
   *
   * @param index which step of the plan, from 0
   * @param reason why it would be refused; absent where it would be let through
   * @param detail the thing, the rule and the remedy; empty where it would be let through
   */
  public record Step(int index, Optional<Reason> reason, String detail) {}
}
