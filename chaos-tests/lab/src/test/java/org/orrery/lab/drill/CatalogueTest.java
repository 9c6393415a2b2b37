package org.orrery.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.lab.drill.core.DrillScenario;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.SimulatorConfig;

/** The drills that come with Orrery hold what they tell, on the simulator itself. */
class CatalogueTest {
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final Path FILES = Path.of("src/main/resources/org/orrery/lab/drill");

  static Stream<String> names() {
    return DrillCatalogue.names().stream();
  }

  private static DrillScenario drill(String name) throws DrillFileException {
    return DrillCatalogue.find(name).orElseThrow();
  }

  @Test
  void shouldListEveryFileOnce() throws Exception {
    // Given
    try (Stream<Path> files = Files.list(FILES)) {
      List<String> names =
          files.map(file -> file.getFileName().toString().replace(".yaml", "")).toList();

      // Then
      assertThat(DrillCatalogue.names()).containsExactlyInAnyOrderElementsOf(names);
      assertThat(DrillCatalogue.all()).hasSizeGreaterThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldOfferPlausibleChoices(String name) throws Exception {
    // When
    DrillScenario drill = drill(name);

    // Then
    assertThat(drill.sheet().diagnoses()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(drill.sheet().actions()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(drill.acts().values())
        .extracting(act -> act.judgement().verdict())
        .contains(Verdict.WRONG);
    assertThat(drill.truth().story()).isNotEmpty();
    assertThat(drill.duties()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldBeMasteredByDoingWhatItSays(String name) throws Exception {
    // Given
    DrillScenario drill = drill(name);
    List<String> deeds =
        drill.duties().stream()
            .flatMap(duty -> duty.by().stream().filter(drill.acts()::containsKey).limit(1))
            .distinct()
            .toList();
    Rehearsal rehearsal = new Rehearsal(drill, 3);

    // When
    DrillDebrief debrief = rehearsal.play(true, deeds, 8 * MINUTE_NS);

    // Then
    assertThat(rehearsal.refusals()).isEmpty();
    assertThat(debrief.answer().right()).isTrue();
    assertThat(debrief.mistakes()).isEmpty();
    assertThat(debrief.duties()).allSatisfy(d -> assertThat(d.doneNs()).isPresent());
    assertThat(debrief.traces()).allSatisfy(t -> assertThat(t.points()).hasSizeGreaterThan(10));
    if (drill.recovery().isPresent()) {
      DrillDebrief.Measure recover = debrief.measures().get(2);
      assertThat(recover.tookNs()).as("time to recover").isPresent();
      assertThat(recover.tookNs().getAsLong())
          .isLessThanOrEqualTo(recover.referenceNs().orElseThrow());
    } else {
      // Runs follow each other with a minute between them.
      assertThat(debrief.loss().lostNs()).isLessThan(2 * MINUTE_NS);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldNotMendItself(String name) throws Exception {
    // Given
    DrillScenario drill = drill(name);

    // When
    DrillDebrief debrief = new Rehearsal(drill, 5).play(false, List.of(), MINUTE_NS);

    // Then
    assertThat(debrief.measures()).allSatisfy(m -> assertThat(m.tookNs()).isEmpty());
    assertThat(debrief.mistakes()).isEmpty();
    assertThat(debrief.loss().lostNs() > 2 * MINUTE_NS).isEqualTo(drill.recovery().isPresent());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldGiveOrdersThatTheSimulatorUnderstands(String name) throws Exception {
    // Given
    DrillScenario drill = drill(name);
    DetectorSimulator simulator = new DetectorSimulator(SimulatorConfig.reference(1), 0);
    simulator.step(60_000_000_000L);
    List<String> lines =
        Stream.concat(
                drill.timeline().stream().map(DrillScenario.Order::line),
                drill.sheet().actions().stream().flatMap(a -> drill.act(a.id()).lines().stream()))
            .toList();

    // Then
    assertThat(lines).allSatisfy(line -> assertThat(simulator.command(line).done()).isTrue());
  }
}
