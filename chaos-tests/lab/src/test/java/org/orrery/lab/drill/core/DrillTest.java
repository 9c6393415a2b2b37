package org.orrery.lab.drill.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.lab.drill.core.Play.ANNA;
import static org.orrery.lab.drill.core.Scenarios.FLOW;
import static org.orrery.lab.drill.core.Scenarios.MINUTE_NS;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.drill.DrillState.Phase;

class DrillTest {
  @Test
  void shouldWaitUntilTheTwinHasAgreedForElevenMinutes() {
    // Given
    Play play = new Play(Scenarios.pump());
    play.hear(new DrillEvent.TwinHeard(true));
    play.pass(10);
    play.hear(new DrillEvent.TwinHeard(false));
    play.hear(new DrillEvent.TwinHeard(true));
    play.pass(10.5);

    // When
    List<DrillOutput> early = play.ask(new DrillRequest.Start(ANNA));
    play.pass(1);

    // Then
    assertThat(early)
        .singleElement()
        .isInstanceOfSatisfying(
            DrillOutput.Declined.class, d -> assertThat(d.reason()).contains("not ready yet"));
    assertThat(play.progress.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void shouldBecomeReadyInTheEndWithoutATwin() {
    // Given
    Play play = new Play(Scenarios.pump());

    // When
    play.pass(61);

    // Then
    assertThat(play.progress.phase()).isEqualTo(Phase.READY);
  }

  @Test
  void shouldGiveEachHiddenOrderOnceAndShowNoneBeforeTheEnd() {
    // Given
    Play play = Play.started(Scenarios.pump());

    // When
    play.pass(20);

    // Then
    assertThat(play.outputs).containsExactly(new DrillOutput.GiveOrders("t0", List.of("F5 start")));
    DrillState seen = play.drill.seen(play.progress);
    assertThat(seen.record()).extracting(DrillEntry::kind).containsExactly(Kind.STARTED);
    assertThat(seen.debrief()).isEmpty();
  }

  @Test
  void shouldCarryAnActionOutAfterTheWalkAndOnlyOnceAtATime() {
    // Given
    Play play = Play.started(Scenarios.pump());

    // When
    play.act("start-b");
    List<DrillOutput> again = play.act("start-b");
    play.pass(4.9);
    List<DrillState.Walk> under = play.drill.seen(play.progress).walks();
    play.pass(0.2);

    // Then
    assertThat(again).hasOnlyElementsOfType(DrillOutput.Declined.class);
    assertThat(under).extracting(DrillState.Walk::action).containsExactly("start-b");
    assertThat(play.outputs)
        .contains(new DrillOutput.GiveOrders("w0", List.of("hand purif.pump-b.enable 1")));
    assertThat(play.progress.record()).extracting(DrillEntry::kind).contains(Kind.SENT, Kind.DONE);
    assertThat(play.drill.seen(play.progress).walks()).isEmpty();
  }

  @Test
  void shouldTellTheTraineeWhenTheRackRefused() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.act("start-b");
    play.nowNs += 6 * MINUTE_NS;
    play.hear(new DrillEvent.Tick());

    // When
    play.hear(new DrillEvent.OrdersAnswered("w0", false, "no such channel"));

    // Then
    assertThat(play.progress.record().getLast().kind()).isEqualTo(Kind.FAILED);
    assertThat(play.progress.record().getLast().text()).contains("no such channel");
  }

  @Test
  void shouldNotTakeWordsBeforeTheStartAndAfterTheEnd() {
    // Given
    Play play = new Play(Scenarios.pump());
    List<DrillOutput> before = play.ask(new DrillRequest.Notice(ANNA, "odd"));
    Play ended = Play.started(Scenarios.pump());
    ended.ask(new DrillRequest.End(ANNA));

    // When
    List<DrillOutput> after = ended.ask(new DrillRequest.Notice(ANNA, "odd"));

    // Then
    assertThat(before).hasOnlyElementsOfType(DrillOutput.Declined.class);
    assertThat(after).hasOnlyElementsOfType(DrillOutput.Declined.class);
  }

  @Test
  void shouldDeclineWhatIsNotOnTheSheet() {
    // Given
    Play play = Play.started(Scenarios.pump());

    // Then
    assertThat(play.act("explode")).hasOnlyElementsOfType(DrillOutput.Declined.class);
    assertThat(play.diagnose("ghosts")).hasOnlyElementsOfType(DrillOutput.Declined.class);
    assertThat(play.ask(new DrillRequest.Notice(ANNA, "  ")))
        .hasOnlyElementsOfType(DrillOutput.Declined.class);
  }

  @Test
  void shouldEndByItselfWhenItsTimeIsUp() {
    // Given
    Play play = Play.started(Scenarios.pump());

    // When
    play.pass(61);

    // Then
    assertThat(play.progress.phase()).isEqualTo(Phase.ENDED);
    assertThat(play.progress.record().getLast().text()).contains("the time is up");
  }

  @Test
  void shouldEndByItselfWhenRecoveredForLongEnough() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.read(FLOW, 1.67);
    play.pass(6);
    play.read(FLOW, 0);
    play.pass(10);

    // When
    play.read(FLOW, 1.67);
    play.pass(14.9);
    Phase shortBefore = play.progress.phase();
    play.pass(0.2);

    // Then
    assertThat(shortBefore).isEqualTo(Phase.RUNNING);
    assertThat(play.progress.phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void shouldNotTakeAHealthyDetectorForARecoveredOne() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.read(FLOW, 1.67);

    // When
    play.pass(59);

    // Then
    assertThat(play.progress.phase()).isEqualTo(Phase.RUNNING);
  }

  @Test
  void shouldEndAtOnceWhenTheDetectorRefusesAHiddenOrder() {
    // Given
    Play play = Play.started(Scenarios.pump());
    play.nowNs += 5 * MINUTE_NS;
    play.hear(new DrillEvent.Tick());

    // When
    play.hear(new DrillEvent.OrdersAnswered("t0", false, "unknown fault F5"));

    // Then
    assertThat(play.progress.phase()).isEqualTo(Phase.ENDED);
    assertThat(play.debrief().timeline())
        .anySatisfy(entry -> assertThat(entry.text()).contains("unknown fault F5"));
  }

  @Test
  void shouldDrawTheDelayFromTheSeed() {
    // Given
    DrillScenario late =
        new DrillScenario(
            Scenarios.pump().sheet(),
            List.of(
                new DrillScenario.Order(
                    5 * MINUTE_NS, 20 * MINUTE_NS, "F5 start", "the pump stopped", true)),
            Scenarios.pump().truth(),
            Scenarios.pump().answers(),
            Scenarios.pump().acts(),
            Scenarios.pump().proposals(),
            Scenarios.pump().duties(),
            Scenarios.pump().reference(),
            Scenarios.pump().recovery(),
            Scenarios.pump().loss(),
            Scenarios.pump().traces());

    // When
    long first = onsetNs(late, 7);
    long same = onsetNs(late, 7);
    long other = onsetNs(late, 8);

    // Then
    assertThat(first).isEqualTo(same).isNotEqualTo(other);
    assertThat(first).isBetween(5 * MINUTE_NS, 25 * MINUTE_NS);
  }

  private static long onsetNs(DrillScenario scenario, long seed) {
    Drill drill = new Drill(scenario, seed);
    Progress progress = drill.begin(0);
    progress = drill.step(progress, new DrillEvent.TwinHeard(true), 0).progress();
    long startNs = 12 * MINUTE_NS;
    progress = drill.step(progress, new DrillEvent.Tick(), startNs).progress();
    progress =
        drill
            .step(progress, new DrillEvent.Asked(new DrillRequest.Start(ANNA)), startNs)
            .progress();
    for (long ns = startNs; ; ns += 1_000_000_000L) {
      Drill.Step step = drill.step(progress, new DrillEvent.Tick(), ns);
      if (!step.outputs().isEmpty()) {
        return ns - startNs;
      }
      progress = step.progress();
    }
  }
}
