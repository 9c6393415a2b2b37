package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;
import static org.orrery.supervision.Fixtures.SAM;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.supervision.Fixtures;

/** What a plan does while its next write waits for its turn. */
class TurnTest {
  private static final long LIMIT_S = 300;
  private static final ProposalMachine MACHINE = new ProposalMachine(LifecyclePolicy.DEFAULT);

  private final Plan plan =
      Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE).limitedTo(LIMIT_S * SECOND_NS);
  private final Life life = new Life(plan);

  /** The first step is verified, and the second one waits. */
  private Life waiting() {
    return life.upToWriting().accept(life.confirmed()).accept(life.verified(0, true));
  }

  @Test
  void shouldMakeTheCommandOnlyWhenItsTurnHasComeHoweverLongThatTakes() {
    // Given
    waiting();
    List<Effect> whileWaiting = List.copyOf(life.effects);
    Optional<NextWrite> next = NextWrite.of(life.proposal);

    // When
    life.pass(200);
    Command command = life.accept(life.nextStep()).issued();

    // Then
    assertThat(whileWaiting).containsExactly(new Effect.StepNext());
    assertThat(next).map(NextWrite::channel).contains(PUMP_B);
    assertThat(command.channel()).isEqualTo(PUMP_B);
    assertThat(command.issuedAtNs()).isEqualTo(life.nowNs);
    assertThat(command.deadlineNs() - life.nowNs)
        .isEqualTo(LifecyclePolicy.DEFAULT.commandValidNs());
  }

  @Test
  void shouldSendNothingOnceItIsStoppedWhileItWaits() {
    // Given
    waiting().accept(new Event.Stop(SAM, "it smells"));

    // When
    Refusal late = life.refused(life.nextStep());

    // Then
    assertThat(late).isInstanceOf(Refusal.NotInThisState.class);
    assertThat(life.held().why()).startsWith("stopped by sam");
    assertThat(life.proposal.record()).hasSize(1);
  }

  @Test
  void shouldHoldOnAForeignChangeWhileItWaits() {
    // Given
    waiting();

    // When
    life.accept(
        new Event.ForeignChange(
            PUMP_A, Optional.of(life.proposal.record().getFirst().command()), "somebody"));

    // Then
    assertThat(life.held().why()).isEqualTo("somebody");
    assertThat(life.refused(life.nextStep())).isInstanceOf(Refusal.NotInThisState.class);
  }

  @Test
  void shouldHoldOnceItsTimeIsOverWhileItWaits() {
    // Given
    waiting();
    Refusal early = life.refused(new Event.TimePassed());

    // When
    life.pass(LIMIT_S);
    life.accept(new Event.TimePassed());

    // Then
    assertThat(early).isInstanceOf(Refusal.NothingNew.class);
    assertThat(life.held().why()).contains("its limit of time is over");
  }

  @Test
  void shouldAskWhatMustHoldWhenTheTurnHasCome() {
    // Given: the second step wants pump A to be off, and meanwhile it is on
    Step second = plan.steps().getLast();
    Precondition off =
        new Precondition(
            PUMP_A, new Precondition.Condition.Shows("OFF"), Fixtures.MINUTE_NS, "scripted");
    Step guarded =
        new Step(
            second.title(),
            second.channel(),
            second.value(),
            second.unit(),
            List.of(off),
            second.verification(),
            second.holdState(),
            second.undo(),
            second.timeoutNs());
    Life own =
        new Life(
            plan.revised(plan.reason(), plan.risk(), List.of(plan.steps().getFirst(), guarded)));
    own.upToWriting().accept(own.confirmed()).accept(own.verified(0, true));

    // When
    own.accept(own.nextStep());

    // Then
    assertThat(own.held().why()).startsWith("before the next step: a precondition does not hold");
    assertThat(own.proposal.record()).hasSize(1);
  }

  @Test
  void shouldGoOnWaitingAfterARestart() {
    // Given
    waiting();
    Life back = new Life(plan);
    back.upToHeldAfterBothSteps().accept(back.rollBack());

    // Then
    assertThat(MACHINE.resume(life.proposal)).containsExactly(new Effect.StepNext());
    assertThat(MACHINE.resume(back.proposal)).containsExactly(new Effect.UndoNext());
  }

  @Test
  void shouldLetTheFirstUndoWaitAndHoldWhereItIsStoppedMeanwhile() {
    // Given
    life.upToHeldAfterBothSteps().accept(life.rollBack());
    int commands = life.proposal.record().size();
    Optional<NextWrite> next = NextWrite.of(life.proposal);

    // When
    life.pass(1_000);
    Refusal patient = life.refused(new Event.TimePassed());
    life.accept(new Event.Stop(SAM, "not yet"));
    Refusal late = life.refused(life.nextUndo());
    Command undo = life.takeBack().issued();

    // Then
    assertThat(next).map(NextWrite::channel).contains(PUMP_B);
    assertThat(patient).isInstanceOf(Refusal.NothingNew.class);
    assertThat(late).isInstanceOf(Refusal.NotInThisState.class);
    assertThat(life.proposal.record()).hasSize(commands + 1);
    assertThat(undo.channel()).isEqualTo(PUMP_B);
  }

  @Test
  void shouldPutOnRecordWhatTheGateSaysOfAStepWhileItsUndoWaits() {
    // Given: it was stopped while the second step was being written
    life.upToWriting().accept(life.confirmed()).goOn(0);
    CommandId second = life.lastCommand();
    Event tooFast = life.refusedByGate(Reason.TOO_FAST);
    life.accept(new Event.Stop(SAM, "it smells")).accept(life.rollBack());

    // When
    life.accept(tooFast);
    List<Effect> onNews = List.copyOf(life.effects);
    Command undo = life.accept(life.nextUndo()).issued();

    // Then
    assertThat(onNews).containsExactly(new Effect.UndoNext());
    assertThat(life.proposal.record().get(1).command()).isEqualTo(second);
    assertThat(life.proposal.record().get(1).outcomes()).hasSize(1);
    assertThat(undo.channel()).as("what was not written is not undone").isEqualTo(PUMP_A);
    assertThat(undo.askedBy()).isEqualTo("anna");
  }
}
