package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;

/**
 * The write that a proposal makes next, while it waits for its turn.
 *
 * @param channel what is written to
 * @param value what is written, in the channel's unit
 */
public record NextWrite(ChannelId channel, Value value) {
  /** What it is, where there is one. */
  public static Optional<NextWrite> of(Proposal proposal) {
    return switch (proposal.state()) {
      case ProposalState.Approved _ -> forward(proposal, 0);
      case ProposalState.Executing at -> forward(proposal, at.step() + 1);
      case ProposalState.RollingBack _ -> undo(proposal);
      case ProposalState.Draft _,
          ProposalState.Rehearsed _,
          ProposalState.AwaitingApproval _,
          ProposalState.Held _,
          ProposalState.Verified _,
          ProposalState.RolledBack _,
          ProposalState.RollbackFailed _,
          ProposalState.Rejected _,
          ProposalState.Expired _,
          ProposalState.Aborted _,
          ProposalState.Failed _ ->
          Optional.empty();
    };
  }

  private static Optional<NextWrite> forward(Proposal proposal, int index) {
    return proposal.plan().steps().stream()
        .skip(index)
        .findFirst()
        .map(step -> new NextWrite(step.channel(), step.value()));
  }

  private static Optional<NextWrite> undo(Proposal proposal) {
    return UndoOrder.next(proposal).stream()
        .mapToObj(proposal.plan().steps()::get)
        .map(step -> new NextWrite(step.channel(), step.undo().orElseThrow().value()))
        .findFirst();
  }

  /**
   * What keeps an undo from being issued, one sentence each.
   *
   * @return empty where nothing does, or where the next write is no undo
   */
  public static List<String> brokenBeforeUndo(Proposal proposal, Readings readings) {
    return proposal.state() instanceof ProposalState.RollingBack
        ? UndoOrder.next(proposal).stream()
            .mapToObj(step -> UndoOrder.broken(proposal, step, readings))
            .findFirst()
            .orElse(List.of())
        : List.of();
  }
}
