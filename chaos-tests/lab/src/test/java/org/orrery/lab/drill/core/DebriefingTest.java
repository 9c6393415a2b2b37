package org.orrery.lab.drill.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.orrery.lab.drill.core.Play.ANNA;
import static org.orrery.lab.drill.core.Scenarios.FLOW;
import static org.orrery.lab.drill.core.Scenarios.MINUTE_NS;

import org.junit.jupiter.api.Test;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.contract.drill.DrillRequest;

class DebriefingTest {
  private static final long SECOND_NS = 1_000_000_000L;

  /** A trainee who notices, errs once, mends it and brings the flow back. */
  private static Play played() {
    Play play = Play.started(Scenarios.pump());
    play.read(FLOW, 1.67);
    play.pass(5);
    play.read(FLOW, 0);
    play.hear(new DrillEvent.AlarmRaised(FLOW, "0.00 kg/s is below 1.20 kg/s"));
    play.hear(new DrillEvent.Ranked("pump stopped", 0.97));
    play.pass(2);
    play.ask(new DrillRequest.Notice(ANNA, "flow is gone"));
    play.diagnose("meter");
    play.pass(4);
    play.diagnose("pump");
    play.act("stop");
    play.act("start-b");
    play.pass(5);
    play.read(FLOW, 1.67);
    play.pass(16);
    return play;
  }

  @Test
  void shouldMeasureFromTheOnset() {
    // When
    DrillDebrief debrief = played().debrief();

    // Then
    assertThat(debrief.measures())
        .extracting(DrillDebrief.Measure::what)
        .containsExactly("notice", "diagnose", "recover");
    assertThat(debrief.measures().get(0).tookNs().orElseThrow())
        .isCloseTo(2 * MINUTE_NS, within(SECOND_NS));
    assertThat(debrief.measures().get(1).tookNs().orElseThrow())
        .isCloseTo(6 * MINUTE_NS, within(SECOND_NS));
    assertThat(debrief.measures().get(2).tookNs().orElseThrow())
        .isCloseTo(11 * MINUTE_NS, within(SECOND_NS));
  }

  @Test
  void shouldCountTheMinutesOfBadData() {
    // When
    DrillDebrief.Loss loss = played().debrief().loss();

    // Then
    assertThat(loss.lostNs()).isCloseTo(11 * MINUTE_NS, within(SECOND_NS));
    assertThat(loss.elapsedNs()).isCloseTo(31 * MINUTE_NS, within(2 * SECOND_NS));
  }

  @Test
  void shouldJudgeEveryDiagnosisAndTheLastOneCounts() {
    // When
    DrillDebrief debrief = played().debrief();

    // Then
    assertThat(debrief.timeline().stream().filter(e -> e.kind() == Kind.DIAGNOSIS))
        .extracting(DrillEntry::verdict)
        .containsExactly(Verdict.WRONG, Verdict.RIGHT);
    assertThat(debrief.answer().right()).isTrue();
  }

  @Test
  void shouldNameMistakesWithTheirEffectAndDutiesWithTheirTime() {
    // When
    DrillDebrief debrief = played().debrief();

    // Then
    assertThat(debrief.mistakes())
        .singleElement()
        .satisfies(
            mistake -> {
              assertThat(mistake.effect()).isEqualTo("no data");
              assertThat(mistake.why()).isEqualTo("the data were good");
            });
    assertThat(debrief.duties()).allSatisfy(duty -> assertThat(duty.doneNs()).isPresent());
    assertThat(debrief.summary())
        .anyMatch(s -> s.startsWith("You noticed after 2 min"))
        .anyMatch(s -> s.contains("one thing was done that should not have been"));
  }

  @Test
  void shouldPutTheWholeCourseInOrder() {
    // When
    DrillDebrief debrief = played().debrief();

    // Then
    assertThat(debrief.timeline()).isSortedAccordingTo((a, b) -> Long.compare(a.atNs(), b.atNs()));
    assertThat(debrief.timeline())
        .extracting(DrillEntry::kind)
        .containsSubsequence(
            Kind.STARTED,
            Kind.HIDDEN,
            Kind.ALARM,
            Kind.RANKING,
            Kind.NOTICE,
            Kind.DIAGNOSIS,
            Kind.DONE,
            Kind.RECOVERED,
            Kind.ENDED);
  }

  @Test
  void shouldTakeAnApprovalForTheDeedWhateverTheVersionOfThePlaybook() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.pass(6);

    // When
    play.hear(new DrillEvent.Approved("start-standby-pump/1", "Start standby pump B", "anna"));
    play.ask(new DrillRequest.End(ANNA));

    // Then
    assertThat(play.debrief().duties().get(1).doneNs()).isPresent();
  }

  @Test
  void shouldSayWhatWasMissedBySomebodyWhoDidNothing() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.read(FLOW, 1.67);
    play.pass(6);
    play.read(FLOW, 0);

    // When
    play.pass(60);

    // Then
    DrillDebrief debrief = play.debrief();
    assertThat(debrief.measures()).allSatisfy(m -> assertThat(m.tookNs()).isEmpty());
    assertThat(debrief.answer().given()).isEmpty();
    assertThat(debrief.summary())
        .contains(
            "You did not say that something was wrong.",
            "You gave no diagnosis; it was: The pump stopped.",
            "The detector was not brought back before the drill was over.");
    assertThat(debrief.loss().lostNs()).isCloseTo(54 * MINUTE_NS, within(5 * SECOND_NS));
  }

  @Test
  void shouldCountAFalseCall() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.ask(new DrillRequest.Notice(ANNA, "something smells"));
    play.pass(6);

    // When
    play.ask(new DrillRequest.End(ANNA));

    // Then
    assertThat(play.debrief().summary()).contains("You called trouble once when there was none.");
  }
}
