package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.twin.Rehearsal;

/** How proposals look in JSON. Stateless. */
final class ProposalViews {
  private ProposalViews() {}

  static ObjectNode summary(Proposal proposal) {
    ObjectNode node = Json.object();
    node.put("id", proposal.id().value());
    node.put("version", proposal.version());
    node.put("title", proposal.plan().title());
    node.put("reason", proposal.plan().reason());
    node.put("askedBy", proposal.plan().askedBy());
    node.put("risk", proposal.plan().risk().name());
    node.set("state", state(proposal.state()));
    node.put("createdMs", Json.ms(proposal.createdAtNs()));
    node.put("expiresMs", Json.ms(proposal.plan().expiresAtNs()));
    node.put("planHash", proposal.plan().hash().toHex());
    node.put("diagnosisId", proposal.diagnosis().map(d -> d.id().value()).orElse(null));
    node.put("findingId", proposal.diagnosis().map(d -> d.finding().value()).orElse(null));
    return node;
  }

  /** The proposal as it stands, a long one around the step at hand. */
  static ObjectNode full(Proposal proposal, Map<ChannelId, Sample> latest) {
    return full(proposal, latest, OptionalInt.empty());
  }

  /**
   * The proposal, with the present reading of every channel that a step writes to.
   *
   * @param from the first step that is wanted of a long plan
   */
  static ObjectNode full(Proposal proposal, Map<ChannelId, Sample> latest, OptionalInt from) {
    StepWindow window = StepWindow.of(proposal, from);
    ObjectNode node = summary(proposal);
    node.set("plan", plan(proposal.plan(), latest, window));
    node.put("approvalsNeeded", proposal.plan().risk().approvalsNeeded());
    node.set("approvals", Json.array(approvals(proposal.state()), ProposalViews::approval));
    proposal
        .diagnosis()
        .ifPresentOrElse(
            d -> node.set("diagnosis", DiagnosisViews.diagnosis(d)),
            () -> node.putNull("diagnosis"));
    proposal
        .rehearsal()
        .ifPresentOrElse(r -> node.set("rehearsal", rehearsal(r)), () -> node.putNull("rehearsal"));
    node.set("record", Json.array(window.records(), ProposalViews::record));
    return node;
  }

  private static List<Approval> approvals(ProposalState state) {
    return switch (state) {
      case ProposalState.AwaitingApproval s -> s.approvals();
      case ProposalState.Approved s -> s.approvals();
      case ProposalState.Executing s -> s.approvals();
      case ProposalState.Held s -> s.approvals();
      case ProposalState.RollingBack s -> s.approvals();
      case ProposalState.Draft s -> List.of();
      case ProposalState.Rehearsed s -> List.of();
      case ProposalState.Verified s -> List.of();
      case ProposalState.RolledBack s -> List.of();
      case ProposalState.RollbackFailed s -> List.of();
      case ProposalState.Rejected s -> List.of();
      case ProposalState.Expired s -> List.of();
      case ProposalState.Aborted s -> List.of();
      case ProposalState.Failed s -> List.of();
    };
  }

  private static ObjectNode approval(Approval approval) {
    ObjectNode node = Json.object();
    node.put("person", approval.person());
    node.put("atMs", Json.ms(approval.atNs()));
    node.put("reason", approval.reason());
    return node;
  }

  static ObjectNode state(ProposalState state) {
    ObjectNode node = Json.object();
    switch (state) {
      case ProposalState.Draft s -> node.put("type", "DRAFT");
      case ProposalState.Rehearsed s -> node.put("type", "REHEARSED");
      case ProposalState.AwaitingApproval s -> node.put("type", "AWAITING_APPROVAL");
      case ProposalState.Approved s -> node.put("type", "APPROVED");
      case ProposalState.Executing s ->
          node.put("type", "EXECUTING").put("step", s.step()).put("phase", s.phase().name());
      case ProposalState.Held s ->
          node.put("type", "HELD").put("step", s.step()).put("why", s.why());
      case ProposalState.RollingBack s ->
          node.put("type", "ROLLING_BACK").put("step", s.step()).put("by", s.by());
      case ProposalState.RollbackFailed s ->
          node.put("type", "ROLLBACK_FAILED").put("why", s.why());
      case ProposalState.Verified s -> node.put("type", "VERIFIED");
      case ProposalState.RolledBack s -> node.put("type", "ROLLED_BACK");
      case ProposalState.Rejected s ->
          node.put("type", "REJECTED").put("by", s.by()).put("why", s.reason());
      case ProposalState.Expired s -> node.put("type", "EXPIRED");
      case ProposalState.Aborted s -> node.put("type", "ABORTED").put("why", s.why());
      case ProposalState.Failed s -> node.put("type", "FAILED").put("why", s.why());
    }
    node.put("terminal", state.terminal());
    node.put("atMs", Json.ms(state.atNs()));
    return node;
  }

  private static ObjectNode plan(Plan plan, Map<ChannelId, Sample> latest, StepWindow window) {
    ObjectNode node = Json.object();
    node.put("hash", plan.hash().toHex());
    node.put("playbook", plan.playbook());
    node.put("title", plan.title());
    node.put("reason", plan.reason());
    node.put("risk", plan.risk().name());
    node.put("expiresMs", Json.ms(plan.expiresAtNs()));
    node.put("callOut", plan.callOut());
    plan.timeLimitNs()
        .ifPresentOrElse(
            ns -> node.put("timeLimitMs", Json.ms(ns)), () -> node.putNull("timeLimitMs"));
    node.set("preconditions", Json.array(plan.preconditions(), ProposalViews::precondition));
    node.put("stepCount", plan.steps().size());
    node.put("firstStep", window.first());
    node.set("steps", Json.array(window.steps(), step -> step(step, latest.get(step.channel()))));
    return node;
  }

  private static ObjectNode step(Step step, @Nullable Sample present) {
    ObjectNode node = Json.object();
    node.put("title", step.title());
    node.put("channel", step.channel().value());
    node.put("display", step.value().display());
    node.put("unit", step.unit());
    node.put("current", present == null ? null : present.value().display());
    node.set("preconditions", Json.array(step.preconditions(), ProposalViews::precondition));
    node.set("verification", Json.array(step.verification(), ProposalViews::limit));
    node.put("holdState", step.holdState());
    step.undo()
        .ifPresentOrElse(
            undo -> {
              ObjectNode u = node.putObject("undo");
              u.put("display", undo.value().display());
              u.put("because", undo.because());
              u.set("preconditions", Json.array(undo.preconditions(), ProposalViews::precondition));
            },
            () -> node.putNull("undo"));
    node.put("timeoutMs", Json.ms(step.timeoutNs()));
    return node;
  }

  private static ObjectNode precondition(Precondition precondition) {
    ObjectNode node = Json.object();
    node.put("channel", precondition.channel().value());
    node.put("because", precondition.because());
    node.put("maxAgeMs", Json.ms(precondition.maxAgeNs()));
    switch (precondition.condition()) {
      case Precondition.Condition.Within w ->
          node.put("low", Json.number(w.low())).put("high", Json.number(w.high()));
      case Precondition.Condition.Shows s -> node.put("shows", s.choice());
    }
    return node;
  }

  private static ObjectNode limit(VerificationLimit limit) {
    ObjectNode node = Json.object();
    node.put("channel", limit.channel().value());
    node.put("low", Json.number(limit.low()));
    node.put("high", Json.number(limit.high()));
    node.put("unit", limit.unit());
    node.put("withinMs", Json.ms(limit.withinNs()));
    node.put("holdMs", Json.ms(limit.holdNs()));
    return node;
  }

  private static ObjectNode rehearsal(Rehearsal rehearsal) {
    ObjectNode node = Json.object();
    switch (rehearsal) {
      case Rehearsal.NotRehearsed n -> node.put("type", "NOT_REHEARSED").put("reason", n.reason());
      case Rehearsal.Rehearsed r -> {
        node.put("type", "REHEARSED");
        node.put("startMs", Json.ms(r.startNs()));
        node.put("agreement", r.agreement().name());
        node.put("hypothesis", r.hypothesis().orElse(null));
        node.put("twinVersion", r.twinVersion());
        node.set("withPlan", Json.array(r.withPlan(), Views::trajectory));
        node.set("withoutPlan", Json.array(r.withoutPlan(), Views::trajectory));
        node.set("predictedAlarms", Json.texts(r.predictedAlarms()));
      }
    }
    return node;
  }

  private static ObjectNode record(StepRecord record) {
    ObjectNode node = Json.object();
    node.put("step", record.step());
    node.put("undo", record.undo());
    node.put("command", record.command().value());
    node.set("outcomes", Json.array(record.outcomes(), ProposalViews::outcome));
    node.set(
        "checks",
        Json.array(
            record.checks(),
            check -> {
              ObjectNode c = Json.object();
              c.put("channel", check.channel().value());
              c.put("observed", Json.number(check.observed()));
              c.put("low", Json.number(check.low()));
              c.put("high", Json.number(check.high()));
              c.put("passed", check.passed());
              c.put("atMs", Json.ms(check.atNs()));
              return c;
            }));
    return node;
  }

  private static ObjectNode outcome(CommandOutcome outcome) {
    ObjectNode node = Json.object();
    node.put("atMs", Json.ms(outcome.atNs()));
    switch (outcome) {
      case CommandOutcome.Confirmed c ->
          node.put("type", "CONFIRMED").put("readback", c.readback().display());
      case CommandOutcome.Refused r ->
          node.put("type", "REFUSED").put("reason", r.reason().name()).put("detail", r.detail());
      case CommandOutcome.Unknown u -> node.put("type", "UNKNOWN").put("detail", u.why());
    }
    return node;
  }
}
