package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.FLOW;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;
import static org.orrery.supervision.Fixtures.SAM;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Provenance;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Consent;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.ProposalState.Phase;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.StepRecord.Check;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.value.Value;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.Readings;

class ProposalMachineTest {
  private static final long T0 = 1_000 * SECOND_NS;
  private static final long EXPIRY = T0 + 1_000 * SECOND_NS;
  private static final Rehearsal REHEARSED =
      new Rehearsal.Rehearsed(
          0,
          List.of(),
          List.of(),
          List.of(),
          Agreement.AGREES,
          Optional.empty(),
          "1",
          Provenance.live(0, 0, "twin", "1", 0, ""));

  private final ProposalMachine machine = new ProposalMachine(LifecyclePolicy.DEFAULT);
  private final List<Effect> effects = new ArrayList<>();
  private Proposal proposal = Fixtures.draft(Fixtures.plan(RiskClass.NORMAL, EXPIRY), T0);
  private long nowNs = T0;
  private int commands;

  private Transition offer(Event event) {
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

  private void accept(Event event) {
    assertThat(offer(event)).isInstanceOf(Transition.Moved.class);
  }

  private Refusal refused(Event event) {
    Proposal before = proposal;
    Transition transition = offer(event);
    assertThat(transition).isInstanceOf(Transition.Stayed.class);
    assertThat(proposal).isEqualTo(before);
    return ((Transition.Stayed) transition).refusal();
  }

  private CommandId fresh() {
    return new CommandId("c-" + ++commands);
  }

  private Readings flow(double value) {
    return Readings.of(List.of(Fixtures.sample(FLOW, value, 0)), 0);
  }

  private Event.Approve approve(Person person) {
    return new Event.Approve(person, proposal.plan().hash(), "looks right");
  }

  private CommandId lastCommand() {
    return proposal.record().getLast().command();
  }

  private Event confirmed() {
    return new Event.OutcomeCame(
        new CommandOutcome.Confirmed(lastCommand(), 5, new Value.ChoiceValue(0, "OFF")));
  }

  private Event unknown() {
    return new Event.OutcomeCame(new CommandOutcome.Unknown(lastCommand(), 5, "no answer"));
  }

  private Event refusedByGate(Reason reason) {
    return new Event.OutcomeCame(new CommandOutcome.Refused(lastCommand(), 5, reason, "so"));
  }

  private Event verified(int step, boolean passed) {
    return new Event.VerificationEnded(
        step, passed, List.of(new Check(FLOW, 0.2, 1.2, 2.0, passed, 9)));
  }

  private void upToAwaiting() {
    accept(new Event.RehearsalCame(REHEARSED, proposal.plan()));
    accept(new Event.Opened());
  }

  /** By these the gate judges once more, whatever the people may be later. */
  @Test
  void shouldSayInACommandWhatThosePeopleMightDoWhoAskedApprovedAndHadItTakenBack() {
    // Given
    Plan plan = Fixtures.plan(Optional.of("anna"), RiskClass.NORMAL, EXPIRY);
    proposal =
        Fixtures.draft(
            new Plan(
                plan.proposal(),
                plan.playbook(),
                plan.title(),
                plan.reason(),
                plan.diagnosis(),
                plan.asker(),
                plan.risk(),
                plan.preconditions(),
                plan.steps(),
                plan.expiresAtNs(),
                plan.callOut(),
                plan.timeLimitNs(),
                Optional.of(Set.of(Role.SHIFTER))),
            T0);
    upToAwaiting();
    accept(approve(BERT));
    long approvedNs = nowNs;

    // When
    accept(new Event.Begin(fresh(), flow(0)));
    Consent asked = issued().asked();
    List<Consent> approvals = issued().approvals();
    accept(confirmed());
    accept(verified(0, false));
    accept(new Event.RollBack(ANNA, "as it was", flow(0)));
    long wishedNs = nowNs;
    accept(new Event.NextUndo(fresh(), flow(0)));

    // Then
    assertThat(asked).isEqualTo(new Consent("anna", Set.of(Role.SHIFTER), T0));
    assertThat(approvals).containsExactly(new Consent("bert", BERT.roles(), approvedNs));
    assertThat(issued().asked()).isEqualTo(new Consent("anna", ANNA.roles(), wishedNs));
    assertThat(issued().approvals()).isEqualTo(approvals);
  }

  @Test
  void shouldSayThatAnEffectCameTooLateOrFellSilentWhereItIsWithinItsLimits() {
    // Given
    upToAwaiting();
    accept(approve(BERT));
    accept(new Event.Begin(fresh(), flow(0)));
    accept(confirmed());

    // When
    accept(
        new Event.VerificationEnded(
            0,
            false,
            List.of(
                new Check(FLOW, 1.5, 1.2, 2.0, false, 9),
                new Check(FLOW, Double.NaN, 1.2, 2.0, false, 9))));

    // Then
    assertThat(((ProposalState.Held) proposal.state()).why())
        .contains("is within 1.2 to 2.0, but came there too late or showed nothing since")
        .contains("showed nothing that counts");
  }

  private Command issued() {
    return effects.stream()
        .filter(Effect.Issue.class::isInstance)
        .map(effect -> ((Effect.Issue) effect).command())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void shouldHoldAndSayWhyWhereTheGateIsGone(Phase phase) {
    // Given
    upToAwaiting();
    accept(approve(ANNA));
    accept(new Event.Begin(fresh(), flow(0)));
    switch (phase) {
      case WRITING -> {}
      case RESOLVING -> accept(unknown());
      case VERIFYING -> accept(confirmed());
      case WAITING -> {
        accept(confirmed());
        accept(verified(0, true));
      }
    }

    // When
    accept(new Event.GateAway("its process is away"));

    // Then
    assertThat(proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Held.class,
            held -> assertThat(held.why()).isEqualTo("its process is away"));
    assertThat(effects).singleElement().isInstanceOf(Effect.Call.class);
    if (phase == Phase.WRITING || phase == Phase.RESOLVING) {
      accept(confirmed());
      assertThat(proposal.record().getLast().lastOutcome())
          .as("what is known later is put on record")
          .get()
          .isInstanceOf(CommandOutcome.Confirmed.class);
    }
  }

  @Test
  void shouldNotLetWhoAskedForAPlanApproveItAlone() {
    // Given
    proposal = Fixtures.draft(Fixtures.plan(Optional.of("anna"), RiskClass.NORMAL, EXPIRY), T0);
    upToAwaiting();

    // When
    Refusal own = refused(approve(ANNA));
    accept(approve(BERT));
    accept(new Event.Begin(fresh(), flow(0)));

    // Then
    assertThat(own).isEqualTo(new Refusal.AskedForIt("anna"));
    assertThat(own.text()).contains("another expert has to look at it");
    assertThat(effects)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Issue.class,
            issue -> {
              assertThat(issue.command().askedBy()).isEqualTo("anna");
              assertThat(issue.command().approvedBy()).containsExactly("bert");
            });
  }

  @Test
  void shouldCountWhoAskedAsOneOfTwo() {
    // Given
    proposal = Fixtures.draft(Fixtures.plan(Optional.of("anna"), RiskClass.HIGH, EXPIRY), T0);
    upToAwaiting();

    // When
    accept(approve(ANNA));
    assertThat(proposal.state()).isInstanceOf(ProposalState.AwaitingApproval.class);
    accept(approve(BERT));

    // Then
    assertThat(proposal.state()).isInstanceOf(ProposalState.Approved.class);
  }

  @Test
  void shouldNotBeginOnTheOneApprovalOfWhoAskedHoweverItCameOnRecord() {
    // Given
    Plan plan = Fixtures.plan(Optional.of("anna"), RiskClass.NORMAL, EXPIRY);
    proposal =
        new Proposal(
            plan.proposal(),
            4,
            plan,
            Optional.empty(),
            Optional.of(REHEARSED),
            new ProposalState.Approved(T0, List.of(new Approval("anna", plan.hash(), T0, "mine"))),
            List.of(),
            T0);

    // When
    accept(new Event.Begin(fresh(), flow(0)));

    // Then
    assertThat(proposal.state()).isInstanceOf(ProposalState.Aborted.class);
    assertThat(effects).isEmpty();
  }

  private void upToWriting() {
    upToAwaiting();
    accept(approve(ANNA));
    accept(new Event.Begin(fresh(), flow(0)));
  }

  private void upToHeldAfterBothSteps() {
    upToWriting();
    accept(confirmed());
    accept(verified(0, true));
    accept(new Event.NextStep(fresh(), flow(0)));
    accept(confirmed());
    accept(verified(1, false));
    assertThat(proposal.state()).isInstanceOf(ProposalState.Held.class);
  }

  @Test
  void shouldCarryAPlanFromDraftToVerified() {
    // Given
    upToAwaiting();

    // When
    accept(approve(ANNA));
    assertThat(effects).containsExactly(new Effect.BeginExecution());
    accept(new Event.Begin(fresh(), flow(0)));
    Effect.Issue first = (Effect.Issue) effects.getFirst();
    accept(confirmed());
    assertThat(effects).containsExactly(new Effect.Verify(0, 5));
    accept(verified(0, true));
    assertThat(effects).containsExactly(new Effect.StepNext());
    accept(new Event.NextStep(fresh(), flow(0)));
    Effect.Issue second = (Effect.Issue) effects.getFirst();
    accept(confirmed());
    accept(verified(1, true));

    // Then
    assertThat(proposal.state()).isInstanceOf(ProposalState.Verified.class);
    assertThat(first.command().channel()).isEqualTo(PUMP_A);
    assertThat(first.command().approvedBy()).containsExactly("anna");
    assertThat(first.command().planHash()).isEqualTo(proposal.plan().hash());
    assertThat(first.command().preconditions()).isEqualTo(proposal.plan().preconditions());
    assertThat(second.command().channel()).isEqualTo(PUMP_B);
    assertThat(second.command().stepIndex()).isEqualTo(1);
    assertThat(proposal.record()).hasSize(2).allMatch(r -> r.checks().size() == 1);
    assertThat(proposal.baseline()).as("pumps that cannot be read have none").isPresent();
  }

  @Test
  void shouldRefuseAnApprovalOfAnotherPlan() {
    // Given
    upToAwaiting();

    // When
    Refusal refusal = refused(new Event.Approve(ANNA, Bytes.of(new byte[32]), ""));

    // Then
    assertThat(refusal.text()).contains("the plan changed");
  }

  @Test
  void shouldTakeAnApprovalFromNobodyButExperts() {
    // Given
    upToAwaiting();

    // When
    Refusal shifter = refused(approve(SAM));
    Refusal self = refused(approve(new Person("orrery", Set.of(Role.EXPERT))));

    // Then
    assertThat(shifter).isInstanceOf(Refusal.NotEntitled.class);
    assertThat(self.text()).contains("who proposes does not approve");
  }

  @Test
  void shouldNotBeginAPlanThatWasChangedOnRecordAfterItsApproval() {
    // Given
    upToAwaiting();
    accept(approve(ANNA));
    Plan other = Fixtures.plan(RiskClass.NORMAL, EXPIRY + 1);
    proposal =
        new Proposal(
            proposal.id(),
            proposal.version(),
            other,
            proposal.diagnosis(),
            proposal.rehearsal(),
            proposal.state(),
            proposal.record(),
            proposal.createdAtNs());

    // When
    accept(new Event.Begin(fresh(), flow(0)));

    // Then
    assertThat(proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Aborted.class,
            s -> assertThat(s.why()).contains("approvals on record are not for this plan"));
    assertThat(effects).isEmpty();
  }

  @Test
  void shouldAskTwoDifferentPeopleAboutAPlanThatWasNotRehearsed() {
    // Given
    accept(new Event.RehearsalCame(new Rehearsal.NotRehearsed("twin is off"), proposal.plan()));
    accept(new Event.Opened());

    // When
    accept(approve(ANNA));
    Refusal again = refused(approve(ANNA));
    ProposalState between = proposal.state();
    accept(approve(BERT));

    // Then
    assertThat(proposal.plan().risk()).isEqualTo(RiskClass.HIGH);
    assertThat(between).isInstanceOf(ProposalState.AwaitingApproval.class);
    assertThat(again).isInstanceOf(Refusal.AlreadyApproved.class);
    assertThat(proposal.state()).isInstanceOf(ProposalState.Approved.class);
  }

  @Test
  void shouldTakeNothingButLimitsFromTheRehearsal() {
    // Given
    var other = Fixtures.plan(RiskClass.NORMAL, EXPIRY + 1);

    // When
    Refusal refusal = refused(new Event.RehearsalCame(REHEARSED, other));

    // Then
    assertThat(refusal).isInstanceOf(Refusal.PlanChanged.class);
  }

  @Test
  void shouldAbortWhereAPreconditionBrokeBeforeTheFirstWrite() {
    // Given
    upToAwaiting();
    accept(approve(ANNA));

    // When
    accept(new Event.Begin(fresh(), flow(1.67)));

    // Then
    assertThat(proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Aborted.class,
            s -> assertThat(s.why()).contains("purif.flow shows 1.67"));
    assertThat(effects).isEmpty();
    assertThat(proposal.record()).isEmpty();
  }

  @Test
  void shouldAbortWhereTheGateRefusesTheFirstWriteAndHoldWhereItRefusesALaterOne() {
    // Given
    upToWriting();
    Proposal atFirst = proposal;

    // When
    accept(refusedByGate(Reason.WRITING_STOPPED));
    ProposalState first = proposal.state();
    proposal = atFirst;
    accept(confirmed());
    accept(verified(0, true));
    accept(new Event.NextStep(fresh(), flow(0)));
    accept(refusedByGate(Reason.LOCAL_CONTROL));

    // Then
    assertThat(first).isInstanceOf(ProposalState.Aborted.class);
    assertThat(proposal.state()).isInstanceOf(ProposalState.Held.class);
    assertThat(effects).singleElement().isInstanceOf(Effect.Call.class);
  }

  @Test
  void shouldHoldWhereTheDeviceItselfSaidNoForItMayHaveTakenTheValue() {
    // Given
    upToWriting();

    // When
    accept(refusedByGate(Reason.REJECTED_BY_DEVICE));
    ProposalState held = proposal.state();
    accept(new Event.RollBack(ANNA, "as it was", flow(0)));

    // Then
    assertThat(held).isInstanceOf(ProposalState.Held.class);
    assertThat(proposal.state()).isInstanceOf(ProposalState.RollingBack.class);
  }

  @Test
  void shouldHoldAndTakeBackWhatReadsAsBeforeForThePutMayHaveLeft() {
    // Given
    upToWriting();

    // When
    accept(refusedByGate(Reason.READS_AS_BEFORE));
    ProposalState held = proposal.state();
    List<Effect> atHold = List.copyOf(effects);
    accept(new Event.RollBack(ANNA, "as it was", flow(0)));
    accept(new Event.NextUndo(fresh(), flow(0)));

    // Then
    assertThat(held).isInstanceOf(ProposalState.Held.class);
    assertThat(atHold).singleElement().isInstanceOf(Effect.Call.class);
    assertThat(effects)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Issue.class, i -> assertThat(i.command().channel()).isEqualTo(PUMP_A));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldEndWithoutAPersonOnlyWhereTheReasonPrecedesThePut(Reason reason) {
    // Given
    upToWriting();

    // When
    accept(refusedByGate(reason));

    // Then
    assertThat(proposal.state() instanceof ProposalState.Aborted)
        .isEqualTo(!reason.mayHaveBeenWritten());
  }

  @Test
  void shouldWorkOffAnUnknownOutcomeWithoutASecondCommand() {
    // Given
    upToWriting();
    CommandId command = lastCommand();

    // When
    accept(unknown());
    List<Effect> afterUnknown = List.copyOf(effects);
    Refusal stillUnknown = refused(unknown());
    accept(confirmed());

    // Then
    assertThat(afterUnknown).containsExactly(new Effect.AskOutcome(command));
    assertThat(stillUnknown).isInstanceOf(Refusal.NothingNew.class);
    assertThat(proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Executing.class, s -> assertThat(s.phase()).isEqualTo(Phase.VERIFYING));
    assertThat(proposal.record())
        .singleElement()
        .satisfies(r -> assertThat(r.outcomes()).hasSize(2));
  }

  @Test
  void shouldAskWhatBecameOfACommandThatTheGateCallsADuplicate() {
    // Given
    upToWriting();

    // When
    accept(refusedByGate(Reason.DUPLICATE));
    List<Effect> afterDuplicate = List.copyOf(effects);
    accept(confirmed());

    // Then
    assertThat(afterDuplicate).containsExactly(new Effect.AskOutcome(lastCommand()));
    assertThat(effects).containsExactly(new Effect.Verify(0, 5));
  }

  @Test
  void shouldPutLateNewsOfAHeldCommandOnRecord() {
    // Given
    upToWriting();
    accept(unknown());
    nowNs += LifecyclePolicy.DEFAULT.resolveWithinNs();
    accept(new Event.TimePassed());

    // When
    accept(confirmed());
    Refusal again = refused(confirmed());

    // Then
    assertThat(proposal.state()).isInstanceOf(ProposalState.Held.class);
    assertThat(proposal.record().getLast().outcomes()).hasSize(2);
    assertThat(again).isInstanceOf(Refusal.NothingNew.class);
  }

  @Test
  void shouldHoldWhereAnUnknownOutcomeStaysUnknown() {
    // Given
    upToWriting();
    accept(unknown());

    // When
    Refusal early = refused(new Event.TimePassed());
    nowNs += LifecyclePolicy.DEFAULT.resolveWithinNs();
    accept(new Event.TimePassed());

    // Then
    assertThat(early).isInstanceOf(Refusal.NothingNew.class);
    assertThat(proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Held.class, s -> assertThat(s.why()).startsWith("not confirmed, check"));
  }

  @Test
  void shouldHoldWhereAnUnknownWriteLaterReadsAsNotMade() {
    // Given
    upToWriting();
    accept(unknown());

    // When
    accept(refusedByGate(Reason.REJECTED_BY_DEVICE));

    // Then
    assertThat(proposal.state()).isInstanceOf(ProposalState.Held.class);
  }

  @Test
  void shouldHoldAndNotSendAgainWhatTheGateNeverSaw() {
    // Given
    upToWriting();

    // When
    accept(new Event.GateNeverSaw(lastCommand(), 5));

    // Then
    assertThat(proposal.state()).isInstanceOf(ProposalState.Held.class);
    assertThat(effects).singleElement().isInstanceOf(Effect.Call.class);
  }

  @Test
  void shouldHoldAndCallOnAMiss() {
    // Given
    upToWriting();
    accept(confirmed());

    // When
    accept(verified(0, false));

    // Then
    assertThat(proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Held.class, s -> assertThat(s.why()).contains("purif.flow at 0.2"));
    assertThat(effects)
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Call.class,
            c -> {
              assertThat(c.whom()).isEqualTo("cryo on call");
              assertThat(c.why()).contains("it stands");
            });
  }

  @Test
  void shouldTakeStepsBackInReverseOrderByAPersonsWord() {
    // Given
    upToHeldAfterBothSteps();

    // When
    Refusal shifter = refused(new Event.RollBack(SAM, "", flow(0)));
    accept(new Event.RollBack(ANNA, "back please", flow(0)));
    assertThat(effects).containsExactly(new Effect.UndoNext());
    accept(new Event.NextUndo(fresh(), flow(0)));
    Effect.Issue last = (Effect.Issue) effects.getFirst();
    accept(confirmed());
    assertThat(effects).containsExactly(new Effect.UndoNext());
    accept(new Event.NextUndo(fresh(), flow(0)));
    Effect.Issue first = (Effect.Issue) effects.getFirst();
    accept(confirmed());

    // Then
    assertThat(shifter).isInstanceOf(Refusal.NotEntitled.class);
    assertThat(last.command().channel()).isEqualTo(PUMP_B);
    assertThat(last.command().value().display()).isEqualTo("OFF");
    assertThat(last.command().stepIndex()).isEqualTo(2);
    assertThat(last.command().askedBy()).isEqualTo("anna");
    assertThat(first.command().channel()).isEqualTo(PUMP_A);
    assertThat(first.command().stepIndex()).isEqualTo(3);
    assertThat(proposal.state()).isInstanceOf(ProposalState.RolledBack.class);
  }

  @Test
  void shouldExpireWhatNobodyDecided() {
    // Given
    upToAwaiting();
    nowNs = EXPIRY;

    // When
    Refusal late = refused(approve(ANNA));
    accept(new Event.TimePassed());

    // Then
    assertThat(late).isInstanceOf(Refusal.TooLate.class);
    assertThat(proposal.state()).isInstanceOf(ProposalState.Expired.class);
  }

  @Test
  void shouldEndAHeldProposalByAnExpertsWordOnly() {
    // Given
    upToHeldAfterBothSteps();

    // When
    Refusal shifter = refused(new Event.Abort(SAM, ""));
    accept(new Event.Abort(BERT, "fixed by hand"));

    // Then
    assertThat(shifter).isInstanceOf(Refusal.NotEntitled.class);
    assertThat(proposal.state()).isInstanceOf(ProposalState.Aborted.class);
  }

  @Test
  void shouldAskAfterAWriteThatARestartInterruptedAndNeverIssueItAgain() {
    // Given
    upToWriting();

    // When
    List<Effect> resumed = machine.resume(proposal);

    // Then
    assertThat(resumed).containsExactly(new Effect.AskOutcome(lastCommand()));
  }
}
