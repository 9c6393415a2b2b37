package org.orrery.server.runtime;

import java.util.List;
import java.util.OptionalInt;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;

/**
 * As many steps of a plan as one answer shows: all of a usual one, {@value #MOST} of one of
 * thousands. Whatever did not go as approved is shown wherever it was.
 *
 * @param first index of the first step shown
 * @param steps these steps
 * @param records what became of them, and every command with trouble
 */
record StepWindow(int first, List<Step> steps, List<StepRecord> records) {
  private static final int MOST = 200;

  /** So many steps before the one at hand are shown with it. */
  private static final int BEFORE = 20;

  static StepWindow of(Proposal proposal, OptionalInt from) {
    List<Step> all = proposal.plan().steps();
    if (all.size() <= MOST) {
      return new StepWindow(0, all, proposal.record());
    }
    int wanted = from.orElseGet(() -> atHand(proposal) - BEFORE);
    int first = Math.clamp(wanted, 0, all.size() - MOST);
    int end = first + MOST;
    List<StepRecord> records =
        proposal.record().stream()
            .filter(r -> r.step() >= first && r.step() < end || trouble(r))
            .toList();
    return new StepWindow(first, all.subList(first, end), records);
  }

  private static int atHand(Proposal proposal) {
    return switch (proposal.state()) {
      case ProposalState.Executing executing -> executing.step();
      case ProposalState.Held held -> held.step();
      case ProposalState.RollingBack rolling -> rolling.step();
      case ProposalState.Draft _ -> 0;
      case ProposalState.Rehearsed _ -> 0;
      case ProposalState.AwaitingApproval _ -> 0;
      case ProposalState.Approved _ -> 0;
      case ProposalState.Verified _ -> 0;
      case ProposalState.RolledBack _ -> 0;
      case ProposalState.RollbackFailed _ -> 0;
      case ProposalState.Rejected _ -> 0;
      case ProposalState.Expired _ -> 0;
      case ProposalState.Aborted _ -> 0;
      case ProposalState.Failed _ -> 0;
    };
  }

  private static boolean trouble(StepRecord record) {
    return !(record.lastOutcome().orElse(null) instanceof CommandOutcome.Confirmed)
        || record.checks().stream().anyMatch(check -> !check.passed());
  }
}
