package org.orrery.supervision.core.lifecycle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState.Approved;
import org.orrery.contract.proposal.ProposalState.AwaitingApproval;

/** Who may say yes to what. */
final class Approvals {
  private Approvals() {}

  static Transition approve(
      Proposal proposal, AwaitingApproval state, Event.Approve approve, long nowNs) {
    Person person = approve.person();
    if (person.name().equals(Person.ORRERY.name())) {
      return new Transition.Stayed(
          new Refusal.NotEntitled(person.name(), "who proposes does not approve"));
    }
    if (!person.has(Role.EXPERT)) {
      return Moves.notEntitled(person);
    }
    if (approve.barred().isPresent()) {
      return new Transition.Stayed(new Refusal.NotEntitled(person.name(), approve.barred().get()));
    }
    if (Moves.expired(proposal, nowNs)) {
      return new Transition.Stayed(new Refusal.TooLate());
    }
    Bytes hash = proposal.plan().hash();
    if (!approve.planHash().equals(hash)) {
      return new Transition.Stayed(new Refusal.PlanChanged());
    }
    if (state.approvals().stream().anyMatch(a -> a.person().equals(person.name()))) {
      return new Transition.Stayed(new Refusal.AlreadyApproved(person.name()));
    }
    boolean alone = proposal.plan().risk().approvalsNeeded() == 1;
    if (alone && person.name().equals(proposal.plan().askedBy())) {
      return new Transition.Stayed(new Refusal.AskedForIt(person.name()));
    }
    List<Approval> approvals = new ArrayList<>(state.approvals());
    approvals.add(
        new Approval(person.name(), hash, nowNs, approve.reason(), Optional.of(person.roles())));
    return sufficient(proposal.plan(), approvals)
        ? Moves.to(proposal, new Approved(nowNs, approvals), new Effect.BeginExecution())
        : Moves.to(proposal, new AwaitingApproval(nowNs, approvals));
  }

  /**
   * True where enough different people said yes to exactly this plan, at least one of whom is not
   * who asked for it.
   */
  static boolean sufficient(Plan plan, List<Approval> approvals) {
    Bytes hash = plan.hash();
    Set<String> people = new HashSet<>();
    for (Approval approval : approvals) {
      if (approval.planHash().equals(hash) && !approval.person().equals(Person.ORRERY.name())) {
        people.add(approval.person());
      }
    }
    return people.size() >= plan.risk().approvalsNeeded()
        && people.stream().anyMatch(person -> !person.equals(plan.askedBy()));
  }
}
