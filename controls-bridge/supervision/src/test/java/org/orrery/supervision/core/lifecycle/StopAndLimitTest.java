package org.orrery.supervision.core.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.BERT;
import static org.orrery.supervision.Fixtures.PUMP_A;
import static org.orrery.supervision.Fixtures.SAM;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Person;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.supervision.Fixtures;

/** How one plan comes to a halt that did nothing wrong: by a person's word, or by its time. */
class StopAndLimitTest {
  private static final long LIMIT_S = 300;

  private final Plan plan = Fixtures.plan(RiskClass.NORMAL, Long.MAX_VALUE);
  private final Life life = new Life(plan.limitedTo(LIMIT_S * SECOND_NS));

  @Test
  void shouldHoldWhatAnybodyStopsAndLetItBeTakenBackOrEnded() {
    // Given
    life.upToWriting().accept(life.confirmed());

    // When
    life.accept(new Event.Stop(new Person("visitor", Set.of()), "it smells"));
    List<Effect> called = List.copyOf(life.effects);
    ProposalState.Held held = life.held();
    Refusal late = life.refused(life.verified(0, true));
    Refusal shifter = life.refused(new Event.Abort(SAM, "me too"));
    life.takeBack();

    // Then
    assertThat(held.why()).isEqualTo("stopped by visitor (it smells)");
    assertThat(called).singleElement().isInstanceOf(Effect.Call.class);
    assertThat(late).isInstanceOf(Refusal.NotInThisState.class);
    assertThat(shifter).isInstanceOf(Refusal.NotEntitled.class);
    assertThat(life.issued().channel()).isEqualTo(PUMP_A);
  }

  @Test
  void shouldPutOnRecordWhatBecameOfTheWriteThatWasUnderWayWhenItWasStopped() {
    // Given
    life.upToWriting();

    // When
    life.accept(new Event.Stop(SAM, " ")).accept(life.confirmed());
    String why = life.held().why();
    life.accept(new Event.Abort(BERT, "it may stay"));

    // Then
    assertThat(why).isEqualTo("stopped by sam (no reason given)");
    assertThat(life.proposal.record().getLast().outcomes()).hasSize(1);
    assertThat(life.proposal.state()).isInstanceOf(ProposalState.Aborted.class);
  }

  @Test
  void shouldKeepItsDevicesWhileAWriteIsOpenAlsoWhenAnExpertEndsIt() {
    // Given
    life.upToWriting().accept(new Event.Stop(SAM, "it smells"));

    // When
    Refusal open = life.refused(new Event.Abort(BERT, "it may stay"));
    life.pass(LifecyclePolicy.DEFAULT.surelyOverNs() / Fixtures.SECOND_NS + 300);
    life.accept(new Event.Abort(BERT, "it may stay"));

    // Then
    assertThat(open)
        .isInstanceOfSatisfying(
            Refusal.WriteOpen.class, r -> assertThat(r.command()).isEqualTo(life.lastCommand()));
    assertThat(life.proposal.state()).isInstanceOf(ProposalState.Aborted.class);
  }

  @Test
  void shouldKeepItsDevicesWhileTheWriteBeforeARefusedUndoIsOpen() {
    // Given
    life.upToWriting().accept(new Event.Stop(SAM, "it smells"));
    CommandId open = life.lastCommand();
    life.takeBack().accept(life.refusedByGate(Reason.DEVICE_BUSY));

    // When
    Refusal refusal = life.refused(new Event.Abort(BERT, "it may stay"));

    // Then
    assertThat(life.lastCommand()).isNotEqualTo(open);
    assertThat(refusal)
        .isInstanceOfSatisfying(
            Refusal.WriteOpen.class, r -> assertThat(r.command()).isEqualTo(open));
  }

  @Test
  void shouldEndWhatIsStoppedBeforeItBegan() {
    // Given
    life.upToApproved();

    // When
    life.accept(new Event.Stop(SAM, "not now"));

    // Then
    assertThat(life.proposal.state())
        .isInstanceOfSatisfying(
            ProposalState.Aborted.class,
            s -> assertThat(s.why()).isEqualTo("stopped by sam (not now) before it began"));
    assertThat(life.refused(new Event.Begin(life.fresh(), life.readings())))
        .isInstanceOf(Refusal.NotInThisState.class);
  }

  @Test
  void shouldHoldWithAnExplanationOnceItsTimeIsOver() {
    // Given
    life.upToWriting().accept(life.confirmed());
    Refusal early = life.refused(new Event.TimePassed());

    // When
    life.pass(LIMIT_S);
    life.accept(new Event.TimePassed());

    // Then
    assertThat(early).isInstanceOf(Refusal.NothingNew.class);
    assertThat(life.held().why())
        .contains("its limit of time is over: more than 5 min have passed since the last approval");
    assertThat(life.effects).singleElement().isInstanceOf(Effect.Call.class);
  }

  @Test
  void shouldBeginNoStepOnceItsTimeIsOver() {
    // Given
    life.upToWriting().accept(life.confirmed());
    Life waiting = new Life(plan.limitedTo(LIMIT_S * SECOND_NS)).upToApproved();

    // When
    life.pass(LIMIT_S);
    life.accept(life.verified(0, true)).accept(life.nextStep());
    waiting.pass(LIMIT_S);
    waiting.accept(new Event.Begin(waiting.fresh(), waiting.readings()));

    // Then
    assertThat(life.held().why()).contains("its limit of time is over");
    assertThat(life.proposal.record()).hasSize(1);
    assertThat(waiting.proposal.state()).isInstanceOf(ProposalState.Aborted.class);
    assertThat(waiting.proposal.record()).isEmpty();
  }

  @Test
  void shouldLetTheWayBackTakeItsTime() {
    // Given
    life.upToTakingBack();

    // When
    life.pass(LIMIT_S);
    life.accept(life.confirmed());
    Refusal goesOn = life.refused(new Event.TimePassed());
    life.accept(life.nextUndo());

    // Then
    assertThat(goesOn).isInstanceOf(Refusal.NothingNew.class);
    assertThat(life.issued().channel()).isEqualTo(PUMP_A);
  }

  @Test
  void shouldDeriveTheLimitFromTheStepsAndHaveItApproved() {
    // Given: two steps that are verified for 70 plant seconds each, at seven of them per second
    Plan limited = new TimeLimits(Fixtures.facility(), 7).limited(plan);
    Step longer =
        plan.steps()
            .getFirst()
            .withVerification(
                List.of(new VerificationLimit(Fixtures.FLOW, 0, 1, "kg/s", 0, 700 * SECOND_NS)));
    Plan slow = plan.revised(plan.reason(), plan.risk(), List.of(longer));

    // Then
    assertThat(limited.timeLimitNs()).hasValue((600 + 2 * (1 + 10)) * SECOND_NS);
    assertThat(new TimeLimits(Fixtures.facility(), 1).limited(slow).timeLimitNs())
        .hasValue((600 + 1 + 700) * SECOND_NS);
    assertThat(limited.hash()).isNotEqualTo(plan.hash()).isNotEqualTo(limited.limitedTo(1).hash());
    assertThat(limited.revised("x", limited.risk(), limited.steps()).timeLimitNs())
        .isEqualTo(limited.timeLimitNs());
    assertThat(Fixtures.plan(Optional.of("anna"), RiskClass.NORMAL, 1).limitedTo(1).hash())
        .isNotEqualTo(Fixtures.plan(RiskClass.NORMAL, 1).limitedTo(1).hash());
  }
}
