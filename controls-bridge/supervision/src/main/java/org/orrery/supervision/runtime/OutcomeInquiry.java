package org.orrery.supervision.runtime;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.supervision.core.lifecycle.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the gate what became of commands whose outcome is open, for as long as it matters. It never
 * sends one. For one context; not thread-safe.
 */
final class OutcomeInquiry {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeInquiry.class);

  /** A person has been asked to look by then, so it is no longer urgent. */
  private static final int SLOWER_WHILE_HELD = 10;

  private final RoomContext context;
  private final Desk desk;
  private final Executor.Timer timer;
  private final long pollMs;
  private final Set<CommandId> asking = new HashSet<>();
  private final Set<CommandId> askingLater = new HashSet<>();

  OutcomeInquiry(RoomContext context, Desk desk, Executor.Timer timer, long pollMs) {
    this.context = context;
    this.desk = desk;
    this.timer = timer;
    this.pollMs = pollMs;
  }

  /** Asks at once, unless it is being asked already. */
  void ask(ProposalId id, CommandId command) {
    if (!asking.add(command)) {
      return;
    }
    context
        .bus()
        .request(Endpoints.GATE_OUTCOME, command)
        .onComplete(
            done -> {
              asking.remove(command);
              if (done.failed()) {
                LOG.info(
                    "the gate cannot be asked about {}: {}", command, done.cause().getMessage());
                askAgain(id, command);
                return;
              }
              answered(id, command, done.result());
            });
  }

  /** A command that the gate does not know may be on its way until its deadline is over. */
  private void answered(ProposalId id, CommandId command, Optional<CommandOutcome> answer) {
    if (answer.isEmpty()) {
      long plantNs = context.plantClock().nowNs();
      desk.happened(id, p -> new Event.GateNeverSaw(command, plantNs));
      askAgain(id, command);
      return;
    }
    CommandOutcome outcome = answer.get();
    desk.happened(id, p -> new Event.OutcomeCame(outcome));
    if (outcome instanceof CommandOutcome.Unknown) {
      askAgain(id, command);
    }
  }

  /**
   * A proposal is held, or taken back, on what is known: as long as that leaves open what became of
   * one of its commands, the gate goes on being asked, so that whoever decides about it sees the
   * latest. The undo at hand is answered, or asked after, on its own.
   */
  void lookAfter(Proposal proposal) {
    boolean held = proposal.state() instanceof ProposalState.Held;
    if (held || proposal.state() instanceof ProposalState.RollingBack) {
      proposal.record().stream()
          .filter(record -> open(record) && (held || !record.undo()))
          .forEach(record -> askAgain(proposal.id(), record.command()));
    }
  }

  private static boolean open(StepRecord record) {
    return switch (record.lastOutcome().orElse(null)) {
      case null -> true;
      case CommandOutcome.Unknown _ -> true;
      case CommandOutcome.Refused refused -> refused.reason() == Reason.DUPLICATE;
      case CommandOutcome.Confirmed _ -> false;
    };
  }

  private void askAgain(ProposalId id, CommandId command) {
    if (!askingLater.add(command)) {
      return;
    }
    boolean held = desk.find(id).filter(p -> p.state() instanceof ProposalState.Held).isPresent();
    timer.after(
        held ? pollMs * SLOWER_WHILE_HELD : pollMs,
        () -> {
          askingLater.remove(command);
          boolean open =
              desk.find(id).filter(p -> !p.state().terminal()).stream()
                  .flatMap(p -> p.record().stream())
                  .anyMatch(record -> record.command().equals(command) && open(record));
          if (open) {
            ask(id, command);
          }
        });
  }
}
