package org.orrery.supervision.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.command.Command;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.supervision.core.lifecycle.Effect;
import org.orrery.supervision.core.lifecycle.Event;

/** What goes on record about a proposal's life. Stateless. */
public final class ProposalEntries {
  private ProposalEntries() {}

  /** A proposal was made. */
  public static AuditEntry made(Proposal proposal, long nowNs) {
    return new AuditEntry(
        nowNs,
        proposal.plan().askedBy(),
        "proposal.draft",
        proposal.id().value(),
        new Made(proposal.plan(), proposal.plan().hash(), proposal.diagnosis()));
  }

  /** An event moved a proposal. */
  public static List<AuditEntry> moved(
      Proposal before, Event event, Proposal after, List<Effect> effects, long nowNs) {
    List<AuditEntry> entries = new ArrayList<>();
    String subject = after.id().value();
    boolean rehearsed = !after.rehearsal().equals(before.rehearsal());
    if (event instanceof Event.VerificationEnded ended) {
      entries.add(
          new AuditEntry(
              nowNs,
              Person.ORRERY.name(),
              ended.passed() ? "step.verified" : "step.missed",
              subject,
              new Seen(ended.step(), ended.checks())));
    }
    entries.add(
        new AuditEntry(
            nowNs,
            actor(event),
            action(event, after.state()),
            subject,
            new Change(
                after.version(),
                before.state().getClass().getSimpleName(),
                after.state(),
                after.plan().hash(),
                words(event),
                rehearsed ? Optional.of(after.plan()) : Optional.empty(),
                rehearsed ? after.rehearsal() : Optional.empty(),
                changed(before.record(), after.record()))));
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Issue issue ->
            entries.add(
                new AuditEntry(
                    nowNs,
                    Person.ORRERY.name(),
                    "command.issued",
                    subject,
                    new Issued(issue.command())));
        case Effect.Call call ->
            entries.add(
                new AuditEntry(
                    nowNs,
                    Person.ORRERY.name(),
                    "call.raised",
                    subject,
                    new Called(call.whom(), call.why())));
        case Effect.Rehearse _,
            Effect.Open _,
            Effect.BeginExecution _,
            Effect.AskOutcome _,
            Effect.Verify _,
            Effect.StepNext _,
            Effect.UndoNext _ -> {}
      }
    }
    return entries;
  }

  /** Records are added or completed, each in its place. */
  private static List<StepRecord> changed(List<StepRecord> before, List<StepRecord> after) {
    return IntStream.range(0, after.size())
        .filter(i -> i >= before.size() || !after.get(i).equals(before.get(i)))
        .mapToObj(after::get)
        .toList();
  }

  /** A person's decision was declined. */
  public static AuditEntry declined(
      String person, String decision, String proposal, String why, long nowNs) {
    return new AuditEntry(
        nowNs, person, "decision.declined", proposal, new Declined(decision, why));
  }

  private static String actor(Event event) {
    return switch (event) {
      case Event.Approve approve -> approve.person().name();
      case Event.Reject reject -> reject.person().name();
      case Event.RollBack rollBack -> rollBack.person().name();
      case Event.Abort abort -> abort.person().name();
      case Event.Stop stop -> stop.person().name();
      case Event.OutcomeCame _, Event.GateNeverSaw _ -> "gateway";
      case Event.RehearsalCame _ -> "twin";
      case Event.Opened _,
          Event.Begin _,
          Event.GateAway _,
          Event.VerificationEnded _,
          Event.ForeignChange _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.TimePassed _,
          Event.Broke _ ->
          Person.ORRERY.name();
    };
  }

  private static String action(Event event, ProposalState after) {
    if (event instanceof Event.Approve) {
      return "proposal.approval";
    }
    return switch (after) {
      case ProposalState.Executing executing ->
          "step." + executing.phase().name().toLowerCase(Locale.ROOT);
      case ProposalState.RollingBack _ -> "proposal.rolling-back";
      case ProposalState.RollbackFailed _ -> "proposal.rollback-failed";
      case ProposalState.RolledBack _ -> "proposal.rolled-back";
      case ProposalState.AwaitingApproval _ -> "proposal.awaiting-approval";
      case ProposalState.Draft _,
          ProposalState.Rehearsed _,
          ProposalState.Approved _,
          ProposalState.Held _,
          ProposalState.Verified _,
          ProposalState.Rejected _,
          ProposalState.Expired _,
          ProposalState.Aborted _,
          ProposalState.Failed _ ->
          "proposal." + after.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  private static String words(Event event) {
    return switch (event) {
      case Event.Approve approve -> approve.reason();
      case Event.Reject reject -> reject.reason();
      case Event.RollBack rollBack -> rollBack.reason();
      case Event.Abort abort -> abort.reason();
      case Event.Stop stop -> stop.reason();
      case Event.OutcomeCame _,
          Event.GateNeverSaw _,
          Event.RehearsalCame _,
          Event.Opened _,
          Event.Begin _,
          Event.GateAway _,
          Event.VerificationEnded _,
          Event.ForeignChange _,
          Event.NextStep _,
          Event.NextUndo _,
          Event.TimePassed _,
          Event.Broke _ ->
          "";
    };
  }

  /** Content of an entry. */
  public record Made(Plan plan, Bytes planHash, Optional<Diagnosis> diagnosis) {}

  /** Content of an entry. */
  public record Change(
      long version,
      String from,
      ProposalState to,
      Bytes planHash,
      String words,
      Optional<Plan> plan,
      Optional<Rehearsal> rehearsal,
      List<StepRecord> steps) {
    public Change {
      steps = List.copyOf(steps);
    }
  }

  /** Content of an entry. */
  public record Seen(int step, List<StepRecord.Check> checks) {
    public Seen {
      checks = List.copyOf(checks);
    }
  }

  /** Content of an entry. */
  public record Issued(Command command) {}

  /** Content of an entry. */
  public record Called(String whom, String why) {}

  /** Content of an entry. */
  public record Declined(String decision, String why) {}
}
