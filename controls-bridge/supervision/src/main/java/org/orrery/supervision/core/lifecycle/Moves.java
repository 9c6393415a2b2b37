package org.orrery.supervision.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.Person;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Baseline;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.ProposalState.Held;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.value.Value;

/** The ways of making the next proposal, shared by the states. */
final class Moves {
  private Moves() {}

  static Transition to(Proposal proposal, ProposalState state, Effect... effects) {
    return new Transition.Moved(
        next(proposal, proposal.plan(), proposal.rehearsal(), state, proposal.record()),
        List.of(effects));
  }

  static Transition to(
      Proposal proposal, ProposalState state, List<StepRecord> record, Effect... effects) {
    return new Transition.Moved(
        next(proposal, proposal.plan(), proposal.rehearsal(), state, record), List.of(effects));
  }

  /** The proposal is held at a step, and a person is called. */
  static Transition held(
      Proposal proposal,
      List<Approval> approvals,
      int step,
      List<StepRecord> record,
      String why,
      long nowNs) {
    return to(proposal, new Held(nowNs, approvals, step, why), record, call(proposal, why));
  }

  static Effect.Call call(Proposal proposal, String why) {
    return new Effect.Call(proposal.plan().callOut(), proposal.plan().title() + ": " + why);
  }

  /** The next proposal, as it was begun on these readings. */
  static Transition begun(Transition transition, Baseline baseline) {
    return switch (transition) {
      case Transition.Stayed stayed -> stayed;
      case Transition.Moved(Proposal next, List<Effect> effects) ->
          new Transition.Moved(
              new Proposal(
                  next.id(),
                  next.version(),
                  next.plan(),
                  next.diagnosis(),
                  next.rehearsal(),
                  next.state(),
                  next.record(),
                  next.createdAtNs(),
                  Optional.of(baseline)),
              effects);
    };
  }

  static Transition rehearsed(
      Proposal proposal, Plan plan, Rehearsal rehearsal, ProposalState state) {
    return new Transition.Moved(
        next(proposal, plan, Optional.of(rehearsal), state, proposal.record()),
        List.of(new Effect.Open()));
  }

  private static Proposal next(
      Proposal proposal,
      Plan plan,
      Optional<Rehearsal> rehearsal,
      ProposalState state,
      List<StepRecord> record) {
    return new Proposal(
        proposal.id(),
        proposal.version() + 1,
        plan,
        proposal.diagnosis(),
        rehearsal,
        state,
        record,
        proposal.createdAtNs(),
        proposal.baseline());
  }

  static Transition notHere(Proposal proposal, Event event) {
    return new Transition.Stayed(
        new Refusal.NotInThisState(
            proposal.state().getClass().getSimpleName(), event.getClass().getSimpleName()));
  }

  static Transition notEntitled(Person person) {
    return new Transition.Stayed(
        new Refusal.NotEntitled(person.name(), "an expert decides about proposals"));
  }

  static boolean expired(Proposal proposal, long nowNs) {
    return nowNs >= proposal.plan().expiresAtNs();
  }

  static Plan withRisk(Plan plan, RiskClass risk) {
    return plan.revised(plan.reason(), risk, plan.steps());
  }

  /**
   * True where the second plan differs from the first only in verification limits, in a higher risk
   * class and in the reason that people read.
   */
  static boolean sameButForLimits(Plan drafted, Plan rehearsed) {
    return rehearsed.risk().compareTo(drafted.risk()) >= 0 && bare(drafted).equals(bare(rehearsed));
  }

  private static Plan bare(Plan plan) {
    List<Step> steps = new ArrayList<>();
    plan.steps().forEach(step -> steps.add(step.withVerification(List.of())));
    return plan.revised("", RiskClass.NORMAL, steps);
  }

  /** The record of the command that was issued last, if any was. */
  static Optional<StepRecord> last(Proposal proposal) {
    return proposal.record().isEmpty()
        ? Optional.empty()
        : Optional.of(proposal.record().getLast());
  }

  /**
   * True where the gate's first and only word on a command is a refusal that is certain to precede
   * the put.
   */
  static boolean notWritten(StepRecord record) {
    return record.outcomes().size() == 1 && neverLeft(record.outcomes().getFirst());
  }

  static boolean confirmed(StepRecord record) {
    return record.lastOutcome().orElse(null) instanceof CommandOutcome.Confirmed;
  }

  private static boolean neverLeft(CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Refused refused
        && !refused.reason().mayHaveBeenWritten();
  }

  /** True where an undo may be tried again: the last word is that its value never left. */
  static boolean mayTryAgain(StepRecord undo) {
    return undo.lastOutcome().map(Moves::neverLeft).orElse(false);
  }

  /** The record of the last command on a channel that was written, or may have been. */
  static Optional<StepRecord> lastOn(Proposal proposal, ChannelId channel) {
    return proposal.record().stream()
        .filter(r -> proposal.plan().steps().get(r.step()).channel().equals(channel))
        .filter(r -> !notWritten(r))
        .reduce((earlier, later) -> later);
  }

  /** The record of the last command that was written, or may have been, by channel. */
  static Map<ChannelId, StepRecord> lastByChannel(Proposal proposal) {
    Map<ChannelId, StepRecord> last = new HashMap<>();
    proposal.record().stream()
        .filter(r -> !notWritten(r))
        .forEach(r -> last.put(proposal.plan().steps().get(r.step()).channel(), r));
    return last;
  }

  /** What a command wrote. */
  static Value written(Proposal proposal, StepRecord record) {
    Step step = proposal.plan().steps().get(record.step());
    return record.undo() ? step.undo().orElseThrow().value() : step.value();
  }

  /** Old news where the plan has written to the channel again since. */
  static boolean stillSo(Proposal proposal, Event.ForeignChange foreign) {
    return lastOn(proposal, foreign.channel()).map(StepRecord::command).equals(foreign.after());
  }

  /** True where the command is the one that was issued last. */
  static boolean atHand(Proposal proposal, CommandId command) {
    return last(proposal).map(record -> record.command().equals(command)).orElse(false);
  }

  static Transition otherCommand(CommandId command) {
    return new Transition.Stayed(new Refusal.OtherCommand(command));
  }

  /** The record with one more command. */
  static List<StepRecord> withCommand(Proposal proposal, int step, boolean undo, CommandId id) {
    List<StepRecord> record = new ArrayList<>(proposal.record());
    record.add(new StepRecord(step, undo, id, List.of(), List.of()));
    return record;
  }

  /** The record with one more outcome of its command. */
  static List<StepRecord> withOutcome(Proposal proposal, CommandOutcome outcome) {
    List<StepRecord> record = new ArrayList<>(proposal.record());
    record.replaceAll(r -> r.command().equals(outcome.command()) ? with(r, outcome) : r);
    return record;
  }

  private static StepRecord with(StepRecord record, CommandOutcome outcome) {
    List<CommandOutcome> outcomes = new ArrayList<>(record.outcomes());
    outcomes.add(outcome);
    return new StepRecord(
        record.step(), record.undo(), record.command(), outcomes, record.checks());
  }

  /** The record with the checks of the last step. */
  static List<StepRecord> withChecks(Proposal proposal, List<StepRecord.Check> checks) {
    List<StepRecord> record = new ArrayList<>(proposal.record());
    StepRecord last = record.removeLast();
    record.add(new StepRecord(last.step(), last.undo(), last.command(), last.outcomes(), checks));
    return record;
  }

  /** True where the last word on a command is there. */
  static boolean settled(StepRecord record) {
    return record.lastOutcome().map(Moves::settles).orElse(false);
  }

  /** True where the outcome is the last word on its command. */
  private static boolean settles(CommandOutcome outcome) {
    return switch (outcome) {
      case CommandOutcome.Confirmed _ -> true;
      case CommandOutcome.Refused refused -> refused.reason() != Reason.DUPLICATE;
      case CommandOutcome.Unknown _ -> false;
    };
  }

  /**
   * Puts on record what became known of a command after a person was called; changes nothing else.
   */
  static Transition lateNews(Proposal proposal, CommandOutcome outcome) {
    Optional<StepRecord> record = record(proposal, outcome.command());
    if (record.isEmpty()) {
      return otherCommand(outcome.command());
    }
    return settled(record.get()) || !settles(outcome)
        ? new Transition.Stayed(new Refusal.NothingNew())
        : to(proposal, proposal.state(), withOutcome(proposal, outcome));
  }

  private static Optional<StepRecord> record(Proposal proposal, CommandId command) {
    return proposal.record().stream().filter(r -> r.command().equals(command)).findFirst();
  }

  /**
   * The gate does not know a command, and from a while after its deadline on it would refuse it: so
   * its value never left, and that goes on record. Before, it may still be on its way.
   *
   * @param sinceNs a time when the command had been signed already, wall ns
   */
  static Optional<List<StepRecord>> neverSeen(
      Proposal proposal,
      Event.GateNeverSaw never,
      long sinceNs,
      LifecyclePolicy policy,
      long nowNs) {
    boolean open = record(proposal, never.command()).filter(r -> !settled(r)).isPresent();
    return open && nowNs - sinceNs >= policy.surelyOverNs()
        ? Optional.of(
            withOutcome(
                proposal,
                new CommandOutcome.Refused(
                    never.command(),
                    never.plantNs(),
                    Reason.NOT_SENT,
                    "the gate never saw the command, and its deadline is over")))
        : Optional.empty();
  }
}
