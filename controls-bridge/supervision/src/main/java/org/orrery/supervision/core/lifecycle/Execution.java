package org.orrery.supervision.core.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Baseline;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState.Aborted;
import org.orrery.contract.proposal.ProposalState.Approved;
import org.orrery.contract.proposal.ProposalState.Executing;
import org.orrery.contract.proposal.ProposalState.Expired;
import org.orrery.contract.proposal.ProposalState.Held;
import org.orrery.contract.proposal.ProposalState.Phase;
import org.orrery.contract.proposal.ProposalState.Verified;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.supervision.core.Readings;

/**
 * Carrying out: each step is written once, its outcome established, its effect compared with the
 * approved limits, and only then the next one begun, when its turn has come: a command is made and
 * signed no earlier, so its deadline does not run while it waits for the pace. Whatever goes
 * otherwise ends before the first write and holds after it.
 */
final class Execution {
  /**
   * Time for the gate's answer on top of the put's own time-out, wall ns; the request itself ends
   * after 60 s.
   */
  private static final long ANSWER_GRACE_NS = 90_000_000_000L;

  private final LifecyclePolicy policy;

  Execution(LifecyclePolicy policy) {
    this.policy = policy;
  }

  Transition begin(Proposal proposal, Approved state, Event.Begin begin, long nowNs) {
    if (Moves.expired(proposal, nowNs)) {
      return Moves.to(proposal, new Expired(nowNs));
    }
    if (!Approvals.sufficient(proposal.plan(), state.approvals())) {
      return Moves.to(
          proposal, new Aborted(nowNs, "the approvals on record are not for this plan"));
    }
    if (proposal.plan().steps().isEmpty()) {
      return Moves.to(proposal, new Aborted(nowNs, "the plan has no steps"));
    }
    Optional<String> over = TimeLimits.over(proposal, state.approvals(), nowNs);
    if (over.isPresent()) {
      return Moves.to(proposal, new Aborted(nowNs, over.get()));
    }
    List<String> broken = begin.readings().broken(Commands.preconditions(proposal.plan(), 0));
    if (!broken.isEmpty()) {
      return Moves.to(proposal, new Aborted(nowNs, Why.notHolding(broken)));
    }
    return Moves.begun(
        issue(proposal, 0, state.approvals(), begin.fresh(), nowNs),
        baseline(proposal, begin.readings()));
  }

  /** What the plan's set points showed last; one that was never read is left out. */
  private static Baseline baseline(Proposal proposal, Readings readings) {
    return new Baseline(
        proposal.plan().steps().stream()
            .map(Step::channel)
            .distinct()
            .flatMap(
                channel ->
                    readings.last(channel).stream()
                        .map(value -> new Baseline.Shown(channel, value)))
            .toList());
  }

  Transition step(Proposal proposal, Executing state, Event event, long nowNs) {
    return switch (event) {
      case Event.GateAway away -> hold(proposal, state, proposal.record(), away.why(), nowNs);
      case Event.OutcomeCame came -> outcome(proposal, state, came.outcome(), nowNs);
      case Event.GateNeverSaw never -> neverSaw(proposal, state, never.command(), nowNs);
      case Event.VerificationEnded ended -> verified(proposal, state, ended, nowNs);
      case Event.NextStep next -> next(proposal, state, next, nowNs);
      case Event.TimePassed _ -> timePassed(proposal, state, nowNs);
      case Event.ForeignChange foreign ->
          Moves.stillSo(proposal, foreign)
              ? hold(proposal, state, proposal.record(), foreign.why(), nowNs)
              : new Transition.Stayed(new Refusal.NothingNew());
      case Event.Stop stop -> hold(proposal, state, proposal.record(), Why.stopped(stop), nowNs);
      case Event.Broke broke -> hold(proposal, state, proposal.record(), broke.why(), nowNs);
      case Event.RehearsalCame _,
          Event.Opened _,
          Event.Approve _,
          Event.Reject _,
          Event.Begin _,
          Event.RollBack _,
          Event.NextUndo _,
          Event.Abort _ ->
          Moves.notHere(proposal, event);
    };
  }

  /** See {@link ProposalMachine#rehearsedCommands}. */
  List<Command> dryRun(Proposal proposal, Person approver, long nowNs) {
    Bytes hash = proposal.plan().hash();
    Approval yes = new Approval(approver.name(), hash, nowNs, "", Optional.of(approver.roles()));
    List<Command> commands = new ArrayList<>();
    for (int step = 0; step < proposal.plan().steps().size(); step++) {
      CommandId never = new CommandId("dry-run-" + step);
      commands.add(Commands.forward(proposal, hash, step, never, List.of(yes), policy, nowNs));
    }
    return commands;
  }

  List<Effect> resume(Proposal proposal, Executing state) {
    StepRecord last = Moves.last(proposal).orElseThrow();
    return switch (state.phase()) {
      case WRITING, RESOLVING -> List.of(new Effect.AskOutcome(last.command()));
      case VERIFYING ->
          List.of(
              new Effect.Verify(
                  state.step(), last.lastOutcome().map(CommandOutcome::atNs).orElseThrow()));
      case WAITING -> List.of(new Effect.StepNext());
    };
  }

  private static boolean written(Executing state) {
    return state.phase() == Phase.VERIFYING || state.phase() == Phase.WAITING;
  }

  private Transition outcome(
      Proposal proposal, Executing state, CommandOutcome outcome, long nowNs) {
    if (!Moves.atHand(proposal, outcome.command()) || written(state)) {
      return Moves.otherCommand(outcome.command());
    }
    return switch (outcome) {
      case CommandOutcome.Confirmed confirmed ->
          Moves.to(
              proposal,
              new Executing(nowNs, state.approvals(), state.step(), Phase.VERIFYING),
              Moves.withOutcome(proposal, confirmed),
              new Effect.Verify(state.step(), confirmed.atNs()));
      case CommandOutcome.Refused refused ->
          refused.reason() == Reason.DUPLICATE
              ? resolve(proposal, state, refused, nowNs)
              : refused(proposal, state, refused, nowNs);
      case CommandOutcome.Unknown unknown -> resolve(proposal, state, unknown, nowNs);
    };
  }

  /**
   * Nobody knows yet; a duplicate means that the gate had the command before, whatever became of
   * it.
   */
  private static Transition resolve(
      Proposal proposal, Executing state, CommandOutcome outcome, long nowNs) {
    return state.phase() == Phase.RESOLVING
        ? new Transition.Stayed(new Refusal.NothingNew())
        : Moves.to(
            proposal,
            new Executing(nowNs, state.approvals(), state.step(), Phase.RESOLVING),
            Moves.withOutcome(proposal, outcome),
            new Effect.AskOutcome(outcome.command()));
  }

  /**
   * Ends before the first write only where the reason is certain to precede the put. After an
   * unknown outcome a refusal means no more than that nothing is seen, and what had left may have
   * been taken: both are for a person to look at.
   */
  private Transition refused(
      Proposal proposal, Executing state, CommandOutcome.Refused refused, long nowNs) {
    String why = "the gate refused (" + refused.reason() + "): " + refused.detail();
    List<StepRecord> record = Moves.withOutcome(proposal, refused);
    boolean nothingLeft = state.phase() == Phase.WRITING && !refused.reason().mayHaveBeenWritten();
    return state.step() == 0 && nothingLeft
        ? Moves.to(proposal, new Aborted(nowNs, why), record)
        : hold(proposal, state, record, why, nowNs);
  }

  private Transition neverSaw(Proposal proposal, Executing state, CommandId command, long nowNs) {
    if (!Moves.atHand(proposal, command) || written(state)) {
      return Moves.otherCommand(command);
    }
    return hold(
        proposal,
        state,
        proposal.record(),
        "the gate never saw command " + command + "; it is not sent again without a person",
        nowNs);
  }

  private Transition verified(
      Proposal proposal, Executing state, Event.VerificationEnded ended, long nowNs) {
    if (state.phase() != Phase.VERIFYING || ended.step() != state.step()) {
      return Moves.notHere(proposal, ended);
    }
    List<StepRecord> record = Moves.withChecks(proposal, ended.checks());
    if (!ended.passed()) {
      return hold(proposal, state, record, Why.missed(ended.checks()), nowNs);
    }
    return state.step() + 1 == proposal.plan().steps().size()
        ? Moves.to(proposal, new Verified(nowNs), record)
        : Moves.to(
            proposal,
            new Executing(nowNs, state.approvals(), state.step(), Phase.WAITING),
            record,
            new Effect.StepNext());
  }

  private Transition next(Proposal proposal, Executing state, Event.NextStep event, long nowNs) {
    if (state.phase() != Phase.WAITING) {
      return Moves.notHere(proposal, event);
    }
    Optional<String> over = TimeLimits.over(proposal, state.approvals(), nowNs);
    if (over.isPresent()) {
      return hold(proposal, state, proposal.record(), over.get(), nowNs);
    }
    int next = state.step() + 1;
    List<String> broken = event.readings().broken(Commands.preconditions(proposal.plan(), next));
    if (!broken.isEmpty()) {
      String why = "before the next step: " + Why.notHolding(broken);
      return hold(proposal, state, proposal.record(), why, nowNs);
    }
    return issue(proposal, next, state.approvals(), event.fresh(), nowNs);
  }

  private Transition timePassed(Proposal proposal, Executing state, long nowNs) {
    Optional<String> over = TimeLimits.over(proposal, state.approvals(), nowNs);
    if (over.isPresent()) {
      return hold(proposal, state, proposal.record(), over.get(), nowNs);
    }
    long sinceNs = nowNs - state.atNs();
    Step step = proposal.plan().steps().get(state.step());
    CommandId command = Moves.last(proposal).orElseThrow().command();
    return switch (state.phase()) {
      case WRITING ->
          sinceNs < step.timeoutNs() + ANSWER_GRACE_NS
              ? new Transition.Stayed(new Refusal.NothingNew())
              : Moves.to(
                  proposal,
                  new Executing(nowNs, state.approvals(), state.step(), Phase.RESOLVING),
                  new Effect.AskOutcome(command));
      case RESOLVING ->
          sinceNs < policy.resolveWithinNs()
              ? new Transition.Stayed(new Refusal.NothingNew())
              : hold(
                  proposal,
                  state,
                  proposal.record(),
                  "not confirmed, check: the outcome of command "
                      + command
                      + " could not be established",
                  nowNs);
      case VERIFYING, WAITING -> new Transition.Stayed(new Refusal.NothingNew());
    };
  }

  private Transition issue(
      Proposal proposal, int step, List<Approval> approvals, CommandId fresh, long nowNs) {
    return Moves.to(
        proposal,
        new Executing(nowNs, approvals, step, Phase.WRITING),
        Moves.withCommand(proposal, step, false, fresh),
        new Effect.Issue(Commands.forward(proposal, step, fresh, approvals, policy, nowNs)));
  }

  private static Transition hold(
      Proposal proposal, Executing state, List<StepRecord> record, String why, long nowNs) {
    String holdState = proposal.plan().steps().get(state.step()).holdState();
    return Moves.to(
        proposal,
        new Held(nowNs, state.approvals(), state.step(), why),
        record,
        Moves.call(proposal, why + ". " + holdState));
  }
}
