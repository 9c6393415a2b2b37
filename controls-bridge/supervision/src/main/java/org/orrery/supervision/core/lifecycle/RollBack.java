package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Consent;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState.Held;
import org.orrery.contract.proposal.ProposalState.RollbackFailed;
import org.orrery.contract.proposal.ProposalState.RolledBack;
import org.orrery.contract.proposal.ProposalState.RollingBack;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;

/**
 * Taking back: the steps that were, or may have been, written and that declare an undo, the last
 * one first, each as a command of its own with its own preconditions.
 *
 * <p>Whatever stops it before a value has left holds it, and a person can have it go on from there.
 * An undo that may have left is never written again: while that is open it holds, and where the
 * device has said no, it has failed.
 *
 * <p>It does not begin while a step that is not taken back might still be written: that would land
 * after what it rests on is gone. A step that is taken back has its undo on the same device, where
 * the gate lets nothing else through meanwhile.
 */
final class RollBack {
  /** Time for the gate's answer on top of the put's own time-out, wall ns. */
  private static final long ANSWER_GRACE_NS = 90_000_000_000L;

  /** So long the gate reads before it says anything of a put that was not answered, wall ns. */
  private static final long QUIET_NS = 5_000_000_000L;

  private final LifecyclePolicy policy;

  RollBack(LifecyclePolicy policy) {
    this.policy = policy;
  }

  Transition begin(Proposal proposal, Held state, Event.RollBack wish, long nowNs) {
    if (wish.barred().isPresent()) {
      return new Transition.Stayed(
          new Refusal.NotEntitled(wish.person().name(), wish.barred().get()));
    }
    Optional<StepRecord> doubtful = UndoOrder.inDoubt(proposal);
    if (doubtful.isPresent()) {
      return new Transition.Stayed(new Refusal.UndoInDoubt(doubtful.get().command()));
    }
    OptionalInt first = UndoOrder.next(proposal);
    if (first.isEmpty()) {
      return proposal.record().stream().anyMatch(StepRecord::undo)
          ? Moves.to(proposal, new RolledBack(nowNs))
          : new Transition.Stayed(new Refusal.NothingToUndo());
    }
    Optional<Refusal> landing = mayStillLand(proposal, state, nowNs);
    if (landing.isPresent()) {
      return new Transition.Stayed(landing.get());
    }
    List<String> broken = UndoOrder.broken(proposal, first.getAsInt(), wish.readings());
    if (!broken.isEmpty()) {
      return new Transition.Stayed(new Refusal.PreconditionBroken(broken));
    }
    return Moves.to(
        proposal,
        new RollingBack(
            nowNs,
            state.approvals(),
            first.getAsInt(),
            wish.person().name(),
            Optional.of(wish.person().roles()),
            OptionalLong.of(nowNs)),
        new Effect.UndoNext());
  }

  Transition step(Proposal proposal, RollingBack state, Event event, long nowNs) {
    return switch (event) {
      case Event.OutcomeCame came -> outcome(proposal, state, came.outcome(), nowNs);
      case Event.GateNeverSaw never ->
          Moves.neverSeen(proposal, never, state.atNs(), policy, nowNs)
              .map(record -> neverSaw(proposal, state, never, record, nowNs))
              .orElseGet(() -> new Transition.Stayed(new Refusal.NothingNew()));
      case Event.NextUndo next -> next(proposal, state, next, nowNs);
      case Event.TimePassed _ -> timePassed(proposal, state, nowNs);
      case Event.ForeignChange foreign ->
          Moves.stillSo(proposal, foreign)
              ? hold(proposal, state, proposal.record(), foreign.why(), nowNs)
              : new Transition.Stayed(new Refusal.NothingNew());
      case Event.Stop stop -> hold(proposal, state, proposal.record(), Why.stopped(stop), nowNs);
      case Event.GateAway away -> hold(proposal, state, proposal.record(), away.why(), nowNs);
      case Event.Broke broke -> hold(proposal, state, proposal.record(), broke.why(), nowNs);
      case Event.RehearsalCame _,
          Event.Opened _,
          Event.Approve _,
          Event.Reject _,
          Event.Begin _,
          Event.VerificationEnded _,
          Event.NextStep _,
          Event.RollBack _,
          Event.Abort _ ->
          Moves.notHere(proposal, event);
    };
  }

  List<Effect> resume(Proposal proposal) {
    return UndoOrder.inDoubt(proposal)
        .<List<Effect>>map(undo -> List.of(new Effect.AskOutcome(undo.command())))
        .orElseGet(() -> List.of(new Effect.UndoNext()));
  }

  /** True for the undo that was issued last and is not confirmed yet. */
  private static boolean underWay(Proposal proposal, CommandId command) {
    return UndoOrder.inDoubt(proposal).filter(undo -> undo.command().equals(command)).isPresent();
  }

  private static Transition outcome(
      Proposal proposal, RollingBack state, CommandOutcome outcome, long nowNs) {
    if (!underWay(proposal, outcome.command())) {
      return goingOn(Moves.lateNews(proposal, outcome));
    }
    return switch (outcome) {
      case CommandOutcome.Confirmed confirmed -> {
        List<StepRecord> record = Moves.withOutcome(proposal, confirmed);
        yield UndoOrder.next(proposal).isEmpty()
            ? Moves.to(proposal, new RolledBack(nowNs), record)
            : Moves.to(proposal, state, record, new Effect.UndoNext());
      }
      case CommandOutcome.Refused refused ->
          refused.reason() == Reason.DUPLICATE
              ? resolve(proposal, state, refused)
              : refused(proposal, state, refused, nowNs);
      case CommandOutcome.Unknown unknown -> resolve(proposal, state, unknown);
    };
  }

  private static Transition neverSaw(
      Proposal proposal,
      RollingBack state,
      Event.GateNeverSaw never,
      List<StepRecord> record,
      long nowNs) {
    return underWay(proposal, never.command())
        ? hold(proposal, state, record, notSeen(never), nowNs)
        : goingOn(Moves.to(proposal, state, record));
  }

  /** What waits for its turn is forgotten when the proposal changes, so it waits anew. */
  private static Transition goingOn(Transition news) {
    return switch (news) {
      case Transition.Stayed stayed -> stayed;
      case Transition.Moved(Proposal next, List<Effect> _) ->
          new Transition.Moved(
              next,
              UndoOrder.inDoubt(next).isPresent() ? List.of() : List.of(new Effect.UndoNext()));
    };
  }

  private static Transition refused(
      Proposal proposal, RollingBack state, CommandOutcome.Refused refused, long nowNs) {
    List<StepRecord> record = Moves.withOutcome(proposal, refused);
    String why = "the gate refused (" + refused.reason() + "): " + refused.detail();
    if (!refused.reason().mayHaveBeenWritten()) {
      return hold(
          proposal, state, record, why + "; nothing was written, so it can be tried again", nowNs);
    }
    return Moves.to(
        proposal,
        new RollbackFailed(nowNs, why),
        record,
        Moves.call(proposal, "could not be taken back: " + why));
  }

  private static Transition resolve(Proposal proposal, RollingBack state, CommandOutcome outcome) {
    return Moves.last(proposal).flatMap(StepRecord::lastOutcome).isPresent()
        ? new Transition.Stayed(new Refusal.NothingNew())
        : Moves.to(
            proposal,
            state,
            Moves.withOutcome(proposal, outcome),
            new Effect.AskOutcome(outcome.command()));
  }

  private Transition next(Proposal proposal, RollingBack state, Event.NextUndo event, long nowNs) {
    if (UndoOrder.inDoubt(proposal).isPresent()) {
      return Moves.notHere(proposal, event);
    }
    OptionalInt next = UndoOrder.next(proposal);
    if (next.isEmpty()) {
      return Moves.to(proposal, new RolledBack(nowNs));
    }
    List<String> broken = UndoOrder.broken(proposal, next.getAsInt(), event.readings());
    if (!broken.isEmpty()) {
      return hold(
          proposal,
          state,
          proposal.record(),
          "a precondition does not hold: "
              + String.join("; ", broken)
              + "; nothing was written, so it can be tried again",
          nowNs);
    }
    Consent by = Consent.of(state.by(), state.roles(), state.saidAtNs().orElse(state.atNs()));
    return issue(proposal, next.getAsInt(), state.approvals(), by, event.fresh(), nowNs);
  }

  private Transition timePassed(Proposal proposal, RollingBack state, long nowNs) {
    long timeoutNs = proposal.plan().steps().get(state.step()).timeoutNs();
    Optional<CommandId> undo = UndoOrder.inDoubt(proposal).map(StepRecord::command);
    boolean due = nowNs - state.atNs() >= timeoutNs + ANSWER_GRACE_NS + policy.resolveWithinNs();
    return due && undo.isPresent()
        ? hold(
            proposal,
            state,
            proposal.record(),
            "not confirmed, check: the outcome of command "
                + undo.get()
                + " could not be established",
            nowNs)
        : new Transition.Stayed(new Refusal.NothingNew());
  }

  private Transition issue(
      Proposal proposal,
      int step,
      List<Approval> approvals,
      Consent by,
      CommandId fresh,
      long nowNs) {
    return Moves.to(
        proposal,
        new RollingBack(
            nowNs,
            approvals,
            step,
            by.person(),
            Optional.of(by.roles()),
            OptionalLong.of(by.atNs())),
        Moves.withCommand(proposal, step, true, fresh),
        new Effect.Issue(Commands.undo(proposal, step, fresh, approvals, by, policy, nowNs)));
  }

  private static Transition hold(
      Proposal proposal, RollingBack state, List<StepRecord> record, String why, long nowNs) {
    return Moves.held(
        proposal,
        state.approvals(),
        state.step(),
        record,
        "while the steps were taken back: " + why,
        nowNs);
  }

  private static String notSeen(Event.GateNeverSaw never) {
    return "the gate never saw command "
        + never.command()
        + "; nothing was written, so it can be tried again";
  }

  /** A step's write may still be on its way, and nothing takes that step back. */
  private Optional<Refusal> mayStillLand(Proposal proposal, Held state, long nowNs) {
    return openWrites(proposal, state, nowNs)
        .filter(open -> !open.record().undo() && open.step().undo().isEmpty())
        .<Refusal>map(
            open ->
                new Refusal.MayStillLand(
                    open.record().command(), open.step().title(), open.leftNs()))
        .findFirst();
  }

  /**
   * A write of a held proposal, while its outcome is not known and the gate may still carry it out.
   *
   * @param leftNs how much longer at most, wall ns
   */
  record OpenWrite(StepRecord record, Step step, long leftNs) {}

  /** The newest write of a held proposal that is open, if one is. */
  Optional<OpenWrite> openWrite(Proposal proposal, Held state, long nowNs) {
    return openWrites(proposal, state, nowNs).findFirst();
  }

  /**
   * The newest first. They were signed before the proposal was held: some time after its deadline,
   * and as long as a put may take, the gate is done with each. It need not be the last one: an undo
   * that was refused comes after it.
   */
  private Stream<OpenWrite> openWrites(Proposal proposal, Held state, long nowNs) {
    return proposal.record().reversed().stream()
        .filter(record -> !Moves.settled(record))
        .map(
            record -> {
              Step step = proposal.plan().steps().get(record.step());
              long overNs = state.atNs() + policy.surelyOverNs() + step.timeoutNs() + QUIET_NS;
              return new OpenWrite(record, step, overNs - nowNs);
            })
        .filter(open -> open.leftNs() > 0);
  }
}
