package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.FLOW;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.Provenance;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.StepRecord.Check;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.value.Value;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.Readings;

/** One proposal on its way through the machine, in virtual time: a second per event. */
final class Life {
  static final long T0 = 1_000 * SECOND_NS;

  private final ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);
  private int commands;

  final List<Effect> effects = new ArrayList<>();
  Proposal proposal;
  long nowNs = T0;

  Life(Plan plan) {
    proposal = Fixtures.draft(plan, T0);
  }

  Transition offer(Event event) {
    nowNs += SECOND_NS;
    Transition transition = machine.step(proposal, event, nowNs);
    if (transition instanceof Transition.Moved moved) {
      assertThat(moved.next().version()).isEqualTo(proposal.version() + 1);
      proposal = moved.next();
      effects.clear();
      effects.addAll(moved.effects());
    }
    return transition;
  }

  Life accept(Event event) {
    assertThat(offer(event)).isInstanceOf(Transition.Moved.class);
    return this;
  }

  Refusal refused(Event event) {
    Transition transition = offer(event);
    assertThat(transition).isInstanceOf(Transition.Stayed.class);
    return ((Transition.Stayed) transition).refusal();
  }

  void pass(long seconds) {
    nowNs += seconds * SECOND_NS;
  }

  Life upToApproved() {
    Rehearsal rehearsed =
        new Rehearsal.Rehearsed(
            0,
            List.of(),
            List.of(),
            List.of(),
            Agreement.AGREES,
            Optional.empty(),
            "1",
            Provenance.live(0, 0, "twin", "1", 0, ""));
    accept(new Event.RehearsalCame(rehearsed, proposal.plan()));
    accept(new Event.Opened());
    return accept(new Event.Approve(ANNA, proposal.plan().hash(), "looks right"));
  }

  Life upToWriting() {
    upToApproved();
    return accept(new Event.Begin(fresh(), readings()));
  }

  Life upToHeldAfterBothSteps() {
    upToWriting();
    accept(confirmed()).goOn(0).accept(confirmed()).accept(verified(1, false));
    assertThat(held().why()).contains("not as approved");
    return this;
  }

  Life upToTakingBack() {
    return upToHeldAfterBothSteps().takeBack();
  }

  /** The effect of a step is as approved, and the next one is begun. */
  Life goOn(int step) {
    return accept(verified(step, true)).accept(nextStep());
  }

  /** A person has it taken back, and the first undo is begun. */
  Life takeBack() {
    return accept(rollBack()).accept(nextUndo());
  }

  CommandId fresh() {
    return new CommandId("c-" + ++commands);
  }

  CommandId lastCommand() {
    return proposal.record().getLast().command();
  }

  Event confirmed() {
    return new Event.OutcomeCame(
        new CommandOutcome.Confirmed(lastCommand(), 5, new Value.ChoiceValue(0, "OFF")));
  }

  Event unknown() {
    return new Event.OutcomeCame(new CommandOutcome.Unknown(lastCommand(), 5, "no answer"));
  }

  Event refusedByGate(Reason reason) {
    return new Event.OutcomeCame(new CommandOutcome.Refused(lastCommand(), 5, reason, "so"));
  }

  Event neverSeen() {
    return new Event.GateNeverSaw(lastCommand(), 5);
  }

  Event verified(int step, boolean passed) {
    return new Event.VerificationEnded(
        step, passed, List.of(new Check(FLOW, 0.2, 1.2, 2.0, passed, 9)));
  }

  Event rollBack() {
    return new Event.RollBack(ANNA, "as it was", readings());
  }

  Event nextStep() {
    return new Event.NextStep(fresh(), readings());
  }

  Event nextUndo() {
    return new Event.NextUndo(fresh(), readings());
  }

  ProposalState.Held held() {
    assertThat(proposal.state()).isInstanceOf(ProposalState.Held.class);
    return (ProposalState.Held) proposal.state();
  }

  /** The command that is to be handed to the gate, which is the only thing to be done. */
  Command issued() {
    assertThat(effects).singleElement().isInstanceOf(Effect.Issue.class);
    return ((Effect.Issue) effects.getFirst()).command();
  }

  /** Nothing flows, and both pumps are as they are after pump A has stopped. */
  Readings readings() {
    List<Sample> samples = new ArrayList<>(Fixtures.pumpAStopped(0));
    return Readings.of(samples, 0);
  }
}
