package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.ANNA;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.PUMP_B;
import static org.orrery.supervision.Fixtures.SAM;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.supervision.Fixtures;

/** What stops the way back, and how it goes on. */
class WayBackTest {
  private final Life life = new Life(Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE));

  @ParameterizedTest
  @EnumSource(Reason.class)
  void shouldHoldWhereAnUndoIsRefusedWithNothingWrittenAndTryAgainOnAPersonsWord(Reason reason) {
    // Given
    life.upToTakingBack();
    CommandId refused = life.lastCommand();

    // When
    life.accept(life.refusedByGate(reason));

    // Then
    if (reason == Reason.DUPLICATE) {
      assertThat(life.effects).containsExactly(new Effect.AskOutcome(refused));
    } else if (reason.mayHaveBeenWritten()) {
      assertThat(life.proposal.state()).isInstanceOf(ProposalState.RollbackFailed.class);
      assertThat(life.effects).singleElement().isInstanceOf(Effect.Call.class);
    } else {
      assertThat(life.held().why()).contains(reason.name(), "it can be tried again");
      assertThat(life.effects).singleElement().isInstanceOf(Effect.Call.class);
      Command again = life.takeBack().issued();
      assertThat(again.channel()).isEqualTo(PUMP_B);
      assertThat(again.id()).isNotEqualTo(refused);
      life.accept(life.confirmed()).accept(life.nextUndo());
      assertThat(life.issued().channel()).isEqualTo(PUMP_A);
      life.accept(life.confirmed());
      assertThat(life.proposal.state()).isInstanceOf(ProposalState.RolledBack.class);
    }
  }

  /** Two steps, of which nothing takes the second one back. */
  private static Life withoutUndoOfTheSecondStep() {
    Plan plan = Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE);
    Step second = plan.steps().getLast();
    Step forGood =
        new Step(
            second.title(),
            second.channel(),
            second.value(),
            second.unit(),
            second.preconditions(),
            second.verification(),
            second.holdState(),
            Optional.empty(),
            second.timeoutNs());
    return new Life(
        plan.revised(plan.reason(), plan.risk(), List.of(plan.steps().getFirst(), forGood)));
  }

  @Test
  void shouldNotTakeBackWhatAWriteRestsOnThatIsStillUnderWay() {
    // Given: it is stopped while the second step is being written
    Life own = withoutUndoOfTheSecondStep();
    own.upToWriting().accept(own.confirmed()).goOn(0).accept(new Event.Stop(SAM, "it smells"));
    CommandId second = own.lastCommand();

    // When
    Refusal underWay = own.refused(own.rollBack());
    own.accept(own.confirmed());
    Command undo = own.takeBack().issued();

    // Then
    assertThat(underWay)
        .isInstanceOfSatisfying(
            Refusal.MayStillLand.class, r -> assertThat(r.command()).isEqualTo(second));
    assertThat(underWay.text()).contains("second", "wait until the gate knows");
    assertThat(undo.channel()).isEqualTo(PUMP_A);
  }

  @Test
  void shouldTakeBackOnceAWriteOfUnknownOutcomeCanSurelyNotArriveAndStillTellItsOutcome() {
    // Given
    Life own = withoutUndoOfTheSecondStep();
    own.upToWriting().accept(own.confirmed()).goOn(0).accept(own.unknown());
    own.accept(new Event.Stop(SAM, "it smells"));
    Event late = own.confirmed();
    long overNs =
        LifecyclePolicy.DEFAULT.surelyOverNs()
            + own.proposal.plan().steps().getLast().timeoutNs()
            + 5 * Fixtures.SECOND_NS;

    // When
    own.pass(overNs / Fixtures.SECOND_NS - 2);
    Refusal early = own.refused(own.rollBack());
    Command undo = own.takeBack().issued();
    own.accept(late);
    List<Effect> onNews = List.copyOf(own.effects);
    own.accept(own.confirmed());

    // Then
    assertThat(early).isInstanceOf(Refusal.MayStillLand.class);
    assertThat(undo.channel()).isEqualTo(PUMP_A);
    assertThat(onNews).as("the undo at hand is waited for as before").isEmpty();
    assertThat(own.proposal.state()).isInstanceOf(ProposalState.RolledBack.class);
    assertThat(own.proposal.record().get(1).outcomes()).hasSize(2);
    assertThat(own.proposal.record().get(1).lastOutcome())
        .get()
        .isInstanceOf(CommandOutcome.Confirmed.class);
  }

  @Test
  void shouldGoOnTakingBackAfterNewsOfTheWayThere() {
    // Given: the next undo waits for its turn, and how the last step ended is not known
    life.upToWriting().accept(life.confirmed()).goOn(0).accept(life.unknown());
    Event late = life.confirmed();
    life.accept(new Event.Stop(SAM, "it smells")).takeBack().accept(life.confirmed());

    // When
    life.accept(late);

    // Then
    assertThat(life.effects).containsExactly(new Effect.UndoNext());
    assertThat(life.accept(life.nextUndo()).issued().channel()).isEqualTo(PUMP_A);
  }

  @Test
  void shouldNotTakeRefusalsOfTheWayThereForRefusalsOfTheUndo() {
    // Given: the undo of the second step is under way, and so may the step itself be
    life.upToWriting().accept(life.confirmed()).goOn(0);
    Event refused = life.refusedByGate(Reason.REJECTED_BY_DEVICE);
    life.accept(new Event.Stop(SAM, "it smells")).takeBack();

    // When
    life.accept(refused);

    // Then
    assertThat(life.proposal.state()).isInstanceOf(ProposalState.RollingBack.class);
    assertThat(life.proposal.record().get(1).outcomes()).hasSize(1);
    assertThat(life.proposal.record().getLast().outcomes()).isEmpty();
  }

  @Test
  void shouldNotUndoAgainWhatWasUndoneBeforeItHeld() {
    // Given
    life.upToTakingBack().accept(life.confirmed()).accept(life.nextUndo());
    life.accept(life.refusedByGate(Reason.LOCKED));

    // When
    Command again = life.takeBack().issued();

    // Then
    assertThat(again.channel()).isEqualTo(PUMP_A);
  }

  @Test
  void shouldHoldWhereAPreconditionOfTheNextUndoDoesNotHold() {
    // Given: the undo of the first step wants pump B to be on, and it is off
    Plan plan = Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE);
    Precondition on =
        new Precondition(
            PUMP_B, new Precondition.Condition.Shows("ON"), Fixtures.MINUTE_NS, "scripted");
    Step first = plan.steps().getFirst();
    Step.Undo undo = first.undo().orElseThrow();
    Step guarded =
        new Step(
            first.title(),
            first.channel(),
            first.value(),
            first.unit(),
            first.preconditions(),
            first.verification(),
            first.holdState(),
            Optional.of(new Step.Undo(undo.value(), List.of(on), undo.because())),
            first.timeoutNs());
    Life own =
        new Life(
            plan.revised(plan.reason(), plan.risk(), List.of(guarded, plan.steps().getLast())));
    own.upToTakingBack().accept(own.confirmed());

    // When
    own.accept(own.nextUndo());
    Refusal stillSo = own.refused(own.rollBack());

    // Then
    assertThat(own.held().why()).contains("purif.pump-b.enable shows OFF", "tried again");
    assertThat(stillSo).isInstanceOf(Refusal.PreconditionBroken.class);
  }

  @Test
  void shouldNeverWriteAnUndoAgainThatMayHaveBeenWritten() {
    // Given: nobody knows what became of the undo of the last step
    life.upToTakingBack().accept(life.unknown());
    life.pass(400);
    life.accept(new Event.TimePassed());
    assertThat(life.held().why()).contains("not confirmed, check");

    // When
    Refusal inDoubt = life.refused(life.rollBack());
    life.accept(life.confirmed());
    Command next = life.takeBack().issued();

    // Then
    assertThat(inDoubt).isInstanceOf(Refusal.UndoInDoubt.class);
    assertThat(next.channel()).isEqualTo(PUMP_A);
  }

  @Test
  void shouldTryAgainWhatTheGateNeverSawOnceItsDeadlineIsOver() {
    // Given: the gate was away
    life.upToTakingBack().accept(life.unknown());

    // When
    Refusal onItsWay = life.refused(life.neverSeen());
    life.pass(LifecyclePolicy.DEFAULT.surelyOverNs() / Fixtures.SECOND_NS);
    life.accept(life.neverSeen());
    String why = life.held().why();
    Command again = life.takeBack().issued();

    // Then
    assertThat(onItsWay).isInstanceOf(Refusal.NothingNew.class);
    assertThat(why).contains("the gate never saw command");
    assertThat(again.channel()).isEqualTo(PUMP_B);
  }

  @Test
  void shouldTakeBackWhatAStoppedRollBackLeftWhenItsCommandWasNeverSent() {
    // Given: it was stopped before the gate saw the undo
    life.upToTakingBack().accept(new Event.Stop(SAM, "wait"));
    Refusal inDoubt = life.refused(life.rollBack());

    // When
    Refusal onItsWay = life.refused(life.neverSeen());
    life.pass(LifecyclePolicy.DEFAULT.surelyOverNs() / Fixtures.SECOND_NS);
    life.accept(life.neverSeen());
    ProposalState after = life.proposal.state();
    Command again = life.takeBack().issued();

    // Then
    assertThat(inDoubt).isInstanceOf(Refusal.UndoInDoubt.class);
    assertThat(onItsWay).isInstanceOf(Refusal.NothingNew.class);
    assertThat(after).isInstanceOf(ProposalState.Held.class);
    assertThat(again.channel()).isEqualTo(PUMP_B);
  }

  @Test
  void shouldBeTakenBackOnceTheLateTruthSaysSo() {
    // Given: the undo of the only step that is left was under way when it was stopped
    life.upToTakingBack().accept(life.confirmed()).accept(life.nextUndo());
    life.accept(new Event.Stop(SAM, "")).accept(life.confirmed());

    // When
    life.accept(life.rollBack());

    // Then
    assertThat(life.proposal.state()).isInstanceOf(ProposalState.RolledBack.class);
  }

  @Test
  void shouldHoldTheWayBackOnAForeignChangeAndOnAnErrorOfOurs() {
    // Given
    life.upToTakingBack();
    CommandId undo = life.lastCommand();
    Life own = new Life(Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE));
    own.upToTakingBack();

    // When
    Refusal old = life.refused(new Event.ForeignChange(PUMP_B, Optional.empty(), "old news"));
    life.accept(new Event.ForeignChange(PUMP_B, Optional.of(undo), "somebody"));
    own.accept(new Event.Broke("a bug"));

    // Then
    assertThat(old).isInstanceOf(Refusal.NothingNew.class);
    assertThat(life.held().why()).isEqualTo("while the steps were taken back: somebody");
    assertThat(own.held().why()).contains("a bug");
  }

  @Test
  void shouldSayInEveryUndoWhenThePersonAskedForIt() {
    // Given
    life.upToHeldAfterBothSteps().accept(life.rollBack());
    long saidAtNs = life.nowNs;

    // When
    life.pass(10);
    Command first = life.accept(life.nextUndo()).issued();
    life.pass(10);
    Command second = life.accept(life.confirmed()).accept(life.nextUndo()).issued();

    // Then
    assertThat(List.of(first, second))
        .allSatisfy(
            undo -> {
              assertThat(undo.asked().person()).isEqualTo(ANNA.name());
              assertThat(undo.asked().atNs()).isEqualTo(saidAtNs);
            });
  }
}
