package org.orrery.supervision.runtime;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.supervision.core.lifecycle.Effect;
import org.orrery.supervision.core.lifecycle.Event;
import org.orrery.supervision.core.restore.RestoreRehearsal;
import org.orrery.supervision.core.verification.LimitPlanner;
import org.orrery.supervision.runtime.audit.SigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a transition asks for, and brings back what came of it as events. A command is
 * handed to the gate exactly once, right after it is on record; whatever happens then, it is only
 * asked after. For one context; not thread-safe.
 */
final class Executor {
  private static final Logger LOG = LoggerFactory.getLogger(Executor.class);

  /** How long after a start channels may be without a first reading, wall ns. */
  private static final long MOST_WAITING_NS = 30_000_000_000L;

  private final RoomContext context;
  private final SigningKey key;
  private final Desk desk;
  private final ChannelView view;
  private final Verifications verifications;
  private final LimitPlanner planner;
  private final Timer timer;
  private final Pace pace;
  private final WriteTurn turn;
  private final long pollMs;
  private final long startedNs;
  private final OutcomeInquiry inquiry;

  /** Runs a task after some wall milliseconds on the same context. */
  interface Timer {
    void after(long delayMs, Runnable task);
  }

  Executor(
      RoomContext context,
      SigningKey key,
      Desk desk,
      ChannelView view,
      Verifications verifications,
      LimitPlanner planner,
      Timer timer,
      long pollNs) {
    this.context = context;
    this.key = key;
    this.desk = desk;
    this.view = view;
    this.verifications = verifications;
    this.planner = planner;
    this.timer = timer;
    this.startedNs = context.wallClock().nowNs();
    this.pace = new Pace(context.facility(), startedNs);
    this.pollMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(pollNs));
    this.turn = new WriteTurn(context, desk, view, pace, timer, pollMs);
    this.inquiry = new OutcomeInquiry(context, desk, timer, pollMs);
  }

  void carryOut(Proposal proposal, Effect effect) {
    ProposalId id = proposal.id();
    switch (effect) {
      case Effect.Rehearse _ -> rehearse(proposal);
      case Effect.Open _ -> desk.happened(id, p -> new Event.Opened());
      case Effect.BeginExecution _ ->
          onceRead(
              proposal,
              () -> turn.await(proposal, () -> new Event.Begin(freshCommand(), view.readings())));
      case Effect.Issue issue -> send(id, issue.command());
      case Effect.AskOutcome ask -> inquiry.ask(id, ask.command());
      case Effect.Verify verify ->
          verifications.begin(proposal, verify.step(), verify.writtenNs(), view);
      case Effect.StepNext _ ->
          onceRead(
              proposal,
              () ->
                  turn.await(proposal, () -> new Event.NextStep(freshCommand(), view.readings())));
      case Effect.UndoNext _ ->
          onceRead(
              proposal,
              () ->
                  turn.await(proposal, () -> new Event.NextUndo(freshCommand(), view.readings())));
      case Effect.Call call ->
          LOG.warn("call {} about proposal {}: {}", call.whom(), id, call.why());
    }
  }

  private CommandId freshCommand() {
    return new CommandId(context.ids().next());
  }

  /**
   * After a restart the gateway needs a while until every channel was read once; going on before
   * that would only find preconditions that cannot be checked.
   */
  private void onceRead(Proposal proposal, Runnable then) {
    boolean waiting =
        context.wallClock().nowNs() - startedNs < MOST_WAITING_NS
            && !view.knows(channels(proposal));
    if (waiting) {
      timer.after(pollMs, () -> onceRead(proposal, then));
    } else {
      then.run();
    }
  }

  private static Set<ChannelId> channels(Proposal proposal) {
    Stream<Precondition> steps =
        proposal.plan().steps().stream()
            .flatMap(
                step ->
                    Stream.concat(
                        step.preconditions().stream(),
                        step.undo().stream().flatMap(undo -> undo.preconditions().stream())));
    Stream<ChannelId> written = proposal.plan().steps().stream().map(Step::channel);
    return Stream.concat(
            written,
            Stream.concat(proposal.plan().preconditions().stream(), steps)
                .map(Precondition::channel))
        .collect(Collectors.toSet());
  }

  private void rehearse(Proposal proposal) {
    RehearsalRequest request =
        new RehearsalRequest(
            LimitPlanner.writes(proposal.plan()),
            RestoreRehearsal.watched(proposal.plan(), context.facility()),
            LimitPlanner.horizonNs(proposal.plan()),
            proposal.diagnosis().flatMap(Diagnosis::leading).map(Diagnosis.Cause::hypothesis));
    context
        .bus()
        .request(Endpoints.TWIN_REHEARSE, request)
        .onComplete(
            done -> {
              Rehearsal rehearsal =
                  done.succeeded()
                      ? done.result()
                      : new Rehearsal.NotRehearsed(
                          "the twin did not answer (" + done.cause().getMessage() + ")");
              desk.happened(
                  proposal.id(),
                  p ->
                      new Event.RehearsalCame(
                          rehearsal,
                          RestoreRehearsal.judged(planner.plan(p.plan(), rehearsal), rehearsal)));
            });
  }

  private void send(ProposalId id, Command command) {
    SignedCommand signed = new SignedCommand(command, key.sign(command.canonicalBytes()));
    context
        .bus()
        .request(Endpoints.GATE_EXECUTE, signed)
        .onComplete(
            done -> {
              pace.wrote(command.channel(), context.wallClock().nowNs());
              CommandOutcome outcome =
                  done.succeeded()
                      ? done.result()
                      : new CommandOutcome.Unknown(
                          command.id(),
                          context.plantClock().nowNs(),
                          "the gate did not answer (" + done.cause().getMessage() + ")");
              desk.happened(id, p -> new Event.OutcomeCame(outcome));
            });
  }

  /** After every change of a proposal: what became of its last command may still be open. */
  void lookAfter(Proposal proposal) {
    inquiry.lookAfter(proposal);
  }
}
