package org.orrery.supervision.core.lifecycle;

import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.Consent;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.Step;

/** Makes the commands of a plan. */
final class Commands {
  private Commands() {}

  /** What must hold right before a step; before the first, the plan's own preconditions as well. */
  static List<Precondition> preconditions(Plan plan, int step) {
    List<Precondition> preconditions = new ArrayList<>();
    if (step == 0) {
      preconditions.addAll(plan.preconditions());
    }
    preconditions.addAll(plan.steps().get(step).preconditions());
    return preconditions;
  }

  static Command forward(
      Proposal proposal,
      int step,
      CommandId id,
      List<Approval> approvals,
      LifecyclePolicy policy,
      long nowNs) {
    return forward(proposal, proposal.plan().hash(), step, id, approvals, policy, nowNs);
  }

  /**
   * @param hash of the plan, which takes its time where the plan is long
   */
  static Command forward(
      Proposal proposal,
      Bytes hash,
      int step,
      CommandId id,
      List<Approval> approvals,
      LifecyclePolicy policy,
      long nowNs) {
    Plan plan = proposal.plan();
    Step what = plan.steps().get(step);
    return new Command(
        id,
        proposal.id(),
        hash,
        step,
        what.channel(),
        what.value(),
        what.unit(),
        preconditions(plan, step),
        nowNs,
        nowNs + policy.commandValidNs(),
        what.timeoutNs(),
        Consent.of(plan.askedBy(), plan.askerRoles(), proposal.createdAtNs()),
        consents(approvals));
  }

  /**
   * The undo of step {@code i} of {@code n} has the index {@code 2 n - 1 - i}: undo counts on from
   * the last step.
   */
  static Command undo(
      Proposal proposal,
      int step,
      CommandId id,
      List<Approval> approvals,
      Consent asked,
      LifecyclePolicy policy,
      long nowNs) {
    Plan plan = proposal.plan();
    Step what = plan.steps().get(step);
    Step.Undo undo = what.undo().orElseThrow();
    return new Command(
        id,
        proposal.id(),
        plan.hash(),
        2 * plan.steps().size() - 1 - step,
        what.channel(),
        undo.value(),
        what.unit(),
        undo.preconditions(),
        nowNs,
        nowNs + policy.commandValidNs(),
        what.timeoutNs(),
        asked,
        consents(approvals));
  }

  /** The gate judges by these and by nothing else whether they might have it written. */
  private static List<Consent> consents(List<Approval> approvals) {
    return approvals.stream().map(a -> Consent.of(a.person(), a.roles(), a.atNs())).toList();
  }
}
