package org.orrery.supervision.core.lifecycle;

import java.util.List;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.command.Command;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState.Aborted;
import org.orrery.contract.proposal.ProposalState.Approved;
import org.orrery.contract.proposal.ProposalState.AwaitingApproval;
import org.orrery.contract.proposal.ProposalState.Draft;
import org.orrery.contract.proposal.ProposalState.Executing;
import org.orrery.contract.proposal.ProposalState.Expired;
import org.orrery.contract.proposal.ProposalState.Failed;
import org.orrery.contract.proposal.ProposalState.Held;
import org.orrery.contract.proposal.ProposalState.Rehearsed;
import org.orrery.contract.proposal.ProposalState.Rejected;
import org.orrery.contract.proposal.ProposalState.RollbackFailed;
import org.orrery.contract.proposal.ProposalState.RolledBack;
import org.orrery.contract.proposal.ProposalState.RollingBack;
import org.orrery.contract.proposal.ProposalState.Verified;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Rehearsal;

/**
 * The life of a proposal. Every state has one method that says what each event does there; what is
 * not said is refused. Pure: the same proposal, event and time always give the same transition.
 * Thread-safe.
 */
public final class ProposalMachine {
  /** More changes than this says are of no more use to whoever must decide. */
  private static final int MOST_WORDS_WHILE_HELD = 2_000;

  private final LifecyclePolicy policy;
  private final Execution execution;
  private final RollBack rollBack;

  /** Makes the machine with its times. */
  public ProposalMachine(LifecyclePolicy policy) {
    this.policy = policy;
    this.execution = new Execution(policy);
    this.rollBack = new RollBack(policy);
  }

  /**
   * What the event does to the proposal.
   *
   * @param nowNs wall ns
   */
  public Transition step(Proposal proposal, Event event, long nowNs) {
    return switch (proposal.state()) {
      case Draft _ -> draft(proposal, event, nowNs);
      case Rehearsed _ -> rehearsed(proposal, event, nowNs);
      case AwaitingApproval state -> awaitingApproval(proposal, state, event, nowNs);
      case Approved state -> approved(proposal, state, event, nowNs);
      case Executing state -> execution.step(proposal, state, event, nowNs);
      case Held state -> held(proposal, state, event, nowNs);
      case RollingBack state -> rollBack.step(proposal, state, event, nowNs);
      case Verified _, RolledBack _, RollbackFailed _, Rejected _, Expired _, Aborted _, Failed _ ->
          Moves.notHere(proposal, event);
    };
  }

  /**
   * The commands of a plan as they would be if it were begun now, none of them to be signed: for a
   * dry run.
   *
   * @param approver counts as having approved, besides those who have
   */
  public List<Command> rehearsedCommands(Proposal proposal, Person approver, long nowNs) {
    return execution.dryRun(proposal, approver, nowNs);
  }

  /**
   * What must be done about a proposal that was read back from the record after a restart. A write
   * whose outcome is not on record is asked after and never made again.
   */
  public List<Effect> resume(Proposal proposal) {
    return switch (proposal.state()) {
      case Draft _ -> List.of(new Effect.Rehearse());
      case Rehearsed _ -> List.of(new Effect.Open());
      case Approved _ -> List.of(new Effect.BeginExecution());
      case Executing state -> execution.resume(proposal, state);
      case RollingBack _ -> rollBack.resume(proposal);
      case AwaitingApproval _,
          Held _,
          Verified _,
          RolledBack _,
          RollbackFailed _,
          Rejected _,
          Expired _,
          Aborted _,
          Failed _ ->
          List.of();
    };
  }

  private static Transition draft(Proposal proposal, Event event, long nowNs) {
    return switch (event) {
      case Event.RehearsalCame came -> rehearse(proposal, came, nowNs);
      case Event.Reject reject -> reject(proposal, reject, nowNs);
      case Event.TimePassed _ -> expireIfDue(proposal, nowNs);
      case Event.Broke broke -> fail(proposal, broke, nowNs);
      case Event.Opened _,
          Event.Approve _,
          Event.Begin _,
          Event.GateAway _,
          Event.OutcomeCame _,
          Event.GateNeverSaw _,
          Event.VerificationEnded _,
          Event.ForeignChange _,
          Event.RollBack _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.Stop _,
          Event.Abort _ ->
          Moves.notHere(proposal, event);
    };
  }

  private static Transition rehearsed(Proposal proposal, Event event, long nowNs) {
    return switch (event) {
      case Event.Opened _ ->
          Moves.expired(proposal, nowNs)
              ? Moves.to(proposal, new Expired(nowNs))
              : Moves.to(proposal, new AwaitingApproval(nowNs, List.of()));
      case Event.Reject reject -> reject(proposal, reject, nowNs);
      case Event.TimePassed _ -> expireIfDue(proposal, nowNs);
      case Event.Broke broke -> fail(proposal, broke, nowNs);
      case Event.RehearsalCame _,
          Event.Approve _,
          Event.Begin _,
          Event.GateAway _,
          Event.OutcomeCame _,
          Event.GateNeverSaw _,
          Event.VerificationEnded _,
          Event.ForeignChange _,
          Event.RollBack _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.Stop _,
          Event.Abort _ ->
          Moves.notHere(proposal, event);
    };
  }

  private static Transition awaitingApproval(
      Proposal proposal, AwaitingApproval state, Event event, long nowNs) {
    return switch (event) {
      case Event.Approve approve -> Approvals.approve(proposal, state, approve, nowNs);
      case Event.Reject reject -> reject(proposal, reject, nowNs);
      case Event.TimePassed _ -> expireIfDue(proposal, nowNs);
      case Event.Broke broke -> fail(proposal, broke, nowNs);
      case Event.RehearsalCame _,
          Event.Opened _,
          Event.Begin _,
          Event.GateAway _,
          Event.OutcomeCame _,
          Event.GateNeverSaw _,
          Event.VerificationEnded _,
          Event.ForeignChange _,
          Event.RollBack _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.Stop _,
          Event.Abort _ ->
          Moves.notHere(proposal, event);
    };
  }

  private Transition approved(Proposal proposal, Approved state, Event event, long nowNs) {
    return switch (event) {
      case Event.Begin begin -> execution.begin(proposal, state, begin, nowNs);
      case Event.Reject reject -> reject(proposal, reject, nowNs);
      case Event.Stop stop ->
          Moves.to(proposal, new Aborted(nowNs, Why.stopped(stop) + " before it began"));
      case Event.TimePassed _ -> expireIfDue(proposal, nowNs);
      case Event.Broke broke -> fail(proposal, broke, nowNs);
      case Event.RehearsalCame _,
          Event.Opened _,
          Event.Approve _,
          Event.GateAway _,
          Event.OutcomeCame _,
          Event.GateNeverSaw _,
          Event.VerificationEnded _,
          Event.ForeignChange _,
          Event.RollBack _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.Abort _ ->
          Moves.notHere(proposal, event);
    };
  }

  private Transition held(Proposal proposal, Held state, Event event, long nowNs) {
    return switch (event) {
      case Event.RollBack wish ->
          wish.person().has(Role.EXPERT)
              ? rollBack.begin(proposal, state, wish, nowNs)
              : Moves.notEntitled(wish.person());
      case Event.Abort abort ->
          abort.person().has(Role.EXPERT)
              ? abort(proposal, state, abort, nowNs)
              : Moves.notEntitled(abort.person());
      case Event.OutcomeCame came -> Moves.lateNews(proposal, came.outcome());
      case Event.GateNeverSaw never ->
          Moves.neverSeen(proposal, never, state.atNs(), policy, nowNs)
              .map(record -> Moves.to(proposal, state, record))
              .orElseGet(() -> new Transition.Stayed(new Refusal.NothingNew()));
      case Event.ForeignChange foreign -> foreignWhileHeld(proposal, state, foreign);
      case Event.RehearsalCame _,
          Event.Opened _,
          Event.Approve _,
          Event.Reject _,
          Event.Begin _,
          Event.GateAway _,
          Event.VerificationEnded _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.Stop _,
          Event.TimePassed _,
          Event.Broke _ ->
          Moves.notHere(proposal, event);
    };
  }

  /** Its devices are free then, so not while a write of its own may still be made there. */
  private Transition abort(Proposal proposal, Held state, Event.Abort abort, long nowNs) {
    return rollBack
        .openWrite(proposal, state, nowNs)
        .<Transition>map(
            open ->
                new Transition.Stayed(
                    new Refusal.WriteOpen(
                        open.record().command(), open.step().title(), open.leftNs())))
        .orElseGet(
            () ->
                Moves.to(
                    proposal,
                    new Aborted(
                        nowNs, "ended by " + abort.person().name() + ": " + abort.reason())));
  }

  /** It stays held, and whoever decides about it reads what changed meanwhile. */
  private static Transition foreignWhileHeld(
      Proposal proposal, Held state, Event.ForeignChange foreign) {
    boolean known =
        state.why().contains(foreign.why()) || state.why().length() > MOST_WORDS_WHILE_HELD;
    return known || !Moves.stillSo(proposal, foreign)
        ? new Transition.Stayed(new Refusal.NothingNew())
        : Moves.to(
            proposal,
            new Held(
                state.atNs(),
                state.approvals(),
                state.step(),
                state.why() + "; since then " + foreign.why()),
            Moves.call(proposal, foreign.why()));
  }

  /**
   * Takes the limits from the rehearsed plan and nothing else; a plan that was not rehearsed needs
   * two people.
   */
  private static Transition rehearse(Proposal proposal, Event.RehearsalCame came, long nowNs) {
    Plan plan = came.plan();
    if (!Moves.sameButForLimits(proposal.plan(), plan)) {
      return new Transition.Stayed(new Refusal.PlanChanged());
    }
    boolean trusted =
        switch (came.rehearsal()) {
          case Rehearsal.NotRehearsed _ -> false;
          case Rehearsal.Rehearsed rehearsed -> rehearsed.agreement() != Agreement.LOST;
        };
    return Moves.rehearsed(
        proposal,
        trusted ? plan : Moves.withRisk(plan, RiskClass.HIGH),
        came.rehearsal(),
        new Rehearsed(nowNs));
  }

  private static Transition reject(Proposal proposal, Event.Reject reject, long nowNs) {
    return reject.person().has(Role.EXPERT)
        ? Moves.to(proposal, new Rejected(nowNs, reject.person().name(), reject.reason()))
        : Moves.notEntitled(reject.person());
  }

  private static Transition expireIfDue(Proposal proposal, long nowNs) {
    return Moves.expired(proposal, nowNs)
        ? Moves.to(proposal, new Expired(nowNs))
        : new Transition.Stayed(new Refusal.NothingNew());
  }

  private static Transition fail(Proposal proposal, Event.Broke broke, long nowNs) {
    return Moves.to(proposal, new Failed(nowNs, broke.why()));
  }
}
