package org.orrery.supervision.core.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.supervision.Fixtures.MINUTE_NS;
import static org.orrery.supervision.Fixtures.SECOND_NS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.twin.Agreement;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.playbook.Intake.Decision;

class IntakeTest {
  private static final long NOW = 10_000 * SECOND_NS;
  private static final long COOL_DOWN = 30 * MINUTE_NS;
  private static final PlantClock CLOCK =
      new PlantClock() {
        @Override
        public long nowNs() {
          return NOW;
        }

        @Override
        public double factor() {
          return 1;
        }

        @Override
        public long toWallNs(long plantNs) {
          return plantNs;
        }
      };

  private final Intake intake =
      new Intake(Intake.standardPlaybooks(), Fixtures.facility(), 30 * MINUTE_NS, COOL_DOWN, 0.8);

  private static Readings readings(String... changes) {
    List<Sample> samples = new ArrayList<>(Fixtures.pumpAStopped(NOW));
    for (int i = 0; i < changes.length; i += 2) {
      Sample changed = Fixtures.reading(changes[i], changes[i + 1], NOW);
      samples.removeIf(s -> s.channel().equals(changed.channel()));
      samples.add(changed);
    }
    return Readings.of(samples, NOW);
  }

  private Decision consider(Diagnosis diagnosis, List<Proposal> known, Readings readings) {
    return intake.consider(diagnosis, known, readings, new ProposalId("p-9"), NOW, CLOCK);
  }

  private Plan plan(Hypothesis cause, Readings readings) {
    Decision decision = consider(Fixtures.diagnosis(cause, 0.9, NOW), List.of(), readings);
    assertThat(decision).isInstanceOf(Decision.Propose.class);
    return ((Decision.Propose) decision).draft().plan();
  }

  private static List<String> writes(Plan plan) {
    return plan.steps().stream().map(s -> s.channel() + "=" + s.value().display()).toList();
  }

  @Test
  void shouldSwitchTheFailedPumpOffAndStartTheOther() {
    // Given
    Readings stopped = readings();

    // When
    Plan plan = plan(Fixtures.pumpFault(), stopped);

    // Then
    assertThat(plan.title()).isEqualTo("Start standby pump B");
    assertThat(plan.risk()).isEqualTo(RiskClass.NORMAL);
    assertThat(plan.callOut()).isEqualTo("cryo on call");
    assertThat(writes(plan)).containsExactly("purif.pump-a.enable=OFF", "purif.pump-b.enable=ON");
    assertThat(plan.steps().getLast().verification())
        .anyMatch(l -> l.channel().equals(Fixtures.FLOW));
    assertThat(plan.steps()).allMatch(s -> s.undo().isPresent());
    assertThat(stopped.broken(plan.preconditions())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.80, NORMAL, takes over.",
    "0.634, HIGH, The diagnosis rests on only 63 % of the samples.",
    "NaN, HIGH, The diagnosis rests on an unknown share of the samples."
  })
  void shouldNeedTwoPeopleAndSaySoWhereTheDiagnosisRestsOnTooFewSamples(
      double completeness, RiskClass risk, String lastWords) {
    // Given
    Diagnosis whole = Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, NOW);
    Diagnosis diagnosis =
        new Diagnosis(
            whole.id(),
            whole.finding(),
            whole.atNs(),
            whole.onsetNs(),
            whole.causes(),
            whole.discriminators(),
            completeness,
            whole.agreement(),
            whole.provenance());

    // When
    Decision decision = consider(diagnosis, List.of(), readings());

    // Then
    Plan plan = ((Decision.Propose) decision).draft().plan();
    assertThat(plan.risk()).isEqualTo(risk);
    assertThat(plan.reason()).endsWith(lastWords);
  }

  @Test
  void shouldLeaveOutWhatIsSoAlreadyAndSetWhatIsNot() {
    // Given
    Readings offAlready = readings("purif.pump-a.enable", "OFF", "purif.pump-b.speed-set", "30");

    // When
    Plan plan = plan(Fixtures.pumpFault(), offAlready);

    // Then
    assertThat(writes(plan))
        .containsExactly("purif.pump-b.speed-set=50.0", "purif.pump-b.enable=ON");
    Step.Undo undo = plan.steps().getFirst().undo().orElseThrow();
    assertThat(undo.value().display()).isEqualTo("30.0");
  }

  @Test
  void shouldWorkTheOtherWayRound() {
    // Given
    Readings bStopped = readings("purif.pump-a.enable", "OFF", "purif.pump-b.enable", "ON");
    Hypothesis cause = new Hypothesis.PlantFault("F5", "pump B stopped", "purif.pump-b");

    // When
    Plan plan = plan(cause, bStopped);

    // Then
    assertThat(writes(plan)).containsExactly("purif.pump-b.enable=OFF", "purif.pump-a.enable=ON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "purif.flow=1.67",
        "purif.pump-a.speed=50",
        "purif.pump-a.current=4.2",
        "purif.pump-b.remote=LOCAL",
        "purif.pump-a.remote=LOCAL",
        "purif.pump-b.enable=ON",
        "purif.pump-b.current=4"
      })
  void shouldNotProposeWhereTheReadingsDoNotFit(String change) {
    // Given
    String[] parts = change.split("=");

    // When
    Decision decision =
        consider(
            Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, NOW),
            List.of(),
            readings(parts[0], parts[1]));

    // Then
    assertThat(decision).isInstanceOf(Decision.NotNow.class);
  }

  @Test
  void shouldNotProposeOnAStaleReadingOrALostConnection() {
    // Given
    Readings old = Readings.of(Fixtures.pumpAStopped(NOW - 10 * MINUTE_NS), NOW);
    Map<ChannelId, Sample> latest = new java.util.HashMap<>();
    Fixtures.pumpAStopped(NOW).forEach(s -> latest.put(s.channel(), s));
    Readings lost = new Readings(latest, Set.of(), Set.of(Fixtures.FLOW), NOW);
    Diagnosis diagnosis = Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, NOW);

    // When
    Decision onOld = consider(diagnosis, List.of(), old);
    Decision onLost = consider(diagnosis, List.of(), lost);

    // Then
    assertThat(onOld).isInstanceOf(Decision.NotNow.class);
    assertThat(onLost).isInstanceOf(Decision.NotNow.class);
  }

  @Test
  void shouldNeverActOnTheDetectorForAnythingButAFaultOfThePlant() {
    // Given
    List<Hypothesis> decoys =
        List.of(
            new Hypothesis.LyingSensor(Fixtures.FLOW),
            new Hypothesis.External("F10", "weather"),
            new Hypothesis.NoneOfThese(),
            new Hypothesis.NothingWrong(),
            new Hypothesis.PlantFault("F8", "liquid nitrogen lost", "cryo.condenser"));

    // When
    List<Decision> decisions =
        decoys.stream()
            .map(d -> consider(Fixtures.diagnosis(d, 0.99, NOW), List.of(), readings()))
            .toList();

    // Then
    assertThat(decisions).allMatch(Decision.Nothing.class::isInstance);
  }

  @Test
  void shouldNotProposeWhileItIsUnsureOrTheTwinWasLost() {
    // Given
    Diagnosis unsure = Fixtures.diagnosis(Fixtures.pumpFault(), 0.69, NOW);
    Diagnosis noNumber = Fixtures.diagnosis(Fixtures.pumpFault(), Double.NaN, NOW);
    Diagnosis lost = Fixtures.diagnosis("f", Fixtures.pumpFault(), 0.99, NOW, Agreement.LOST);

    // When
    Decision onUnsure = consider(unsure, List.of(), readings());
    Decision onNoNumber = consider(noNumber, List.of(), readings());
    Decision onLost = consider(lost, List.of(), readings());

    // Then
    assertThat(onUnsure).isInstanceOf(Decision.Nothing.class);
    assertThat(onNoNumber).isInstanceOf(Decision.Nothing.class);
    assertThat(onLost).isInstanceOf(Decision.Nothing.class);
  }

  @Test
  void shouldProposeOnceForAnEpisodeUntilItHasCooledDown() {
    // Given
    Diagnosis diagnosis = Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, NOW);
    Proposal open = ((Decision.Propose) consider(diagnosis, List.of(), readings())).draft();
    Diagnosis sameUnderAnotherName =
        Fixtures.diagnosis("finding-2", Fixtures.pumpFault(), 0.9, NOW, Agreement.AGREES);

    // When
    Decision whileOpen = consider(sameUnderAnotherName, List.of(open), readings());
    Decision justRejected =
        consider(diagnosis, List.of(ended(open, NOW - MINUTE_NS / 2)), readings());
    Decision newOnset = consider(diagnosis, List.of(ended(open, NOW - 5 * MINUTE_NS)), readings());
    Decision cooledDown =
        consider(
            Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, NOW - 2 * COOL_DOWN),
            List.of(ended(open, NOW - COOL_DOWN)),
            readings());

    // Then
    assertThat(whileOpen).isInstanceOf(Decision.Nothing.class);
    assertThat(justRejected).isInstanceOf(Decision.Nothing.class);
    assertThat(newOnset).isInstanceOf(Decision.Propose.class);
    assertThat(cooledDown).isInstanceOf(Decision.Propose.class);
  }

  private static Proposal ended(Proposal proposal, long atNs) {
    return new Proposal(
        new ProposalId("p-1"),
        2,
        proposal.plan(),
        proposal.diagnosis(),
        proposal.rehearsal(),
        new ProposalState.Rejected(atNs, "anna", "no"),
        List.of(),
        proposal.createdAtNs());
  }

  @Test
  void shouldAskTwoPeopleToRampBackAfterATrip() {
    // Given
    Hypothesis trip = new Hypothesis.PlantFault("F4", "high-voltage trip", "hv.cathode");
    Readings tripped =
        readings(
            "hv.cathode.state", "TRIPPED",
            "hv.cathode.enable", "OFF",
            "hv.cathode.voltage", "-0.01");

    // When
    Plan plan = plan(trip, tripped);

    // Then
    assertThat(plan.risk()).isEqualTo(RiskClass.HIGH);
    assertThat(writes(plan))
        .containsExactly(
            "hv.cathode.voltage-set=0.0",
            "hv.cathode.ramp-set=60.0",
            "hv.cathode.reset=RESET",
            "hv.cathode.enable=ON",
            "hv.cathode.voltage-set=-60.0",
            "hv.cathode.voltage-set=-120.0",
            "hv.cathode.voltage-set=-180.0");
    assertThat(plan.steps().getLast().undo().orElseThrow().value().display()).isEqualTo("-120.0");
  }

  @Test
  void shouldLowerTheCathodeToQuenchAStreamer() {
    // Given
    Hypothesis streamer = new Hypothesis.PlantFault("F1", "high-voltage streamer", "hv.cathode");

    // When
    Plan plan = plan(streamer, readings("hv.groundplane.gp06", "4200"));
    Decision quiet = consider(Fixtures.diagnosis(streamer, 0.9, NOW), List.of(), readings());

    // Then
    assertThat(writes(plan))
        .containsExactly(
            "hv.cathode.ramp-set=60.0",
            "hv.cathode.voltage-set=-153.0",
            "hv.cathode.voltage-set=-180.0");
    assertThat(quiet).isInstanceOf(Decision.NotNow.class);
  }

  @Test
  void shouldSayWhatTheFacilityLacks() {
    // Given
    Facility bare = new Facility("bare", "", "UTC", true, List.of(), List.of(), Map.of());
    Intake onBare = new Intake(Intake.standardPlaybooks(), bare, 1, 1, 0.8);

    // When
    Decision decision =
        onBare.consider(
            Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, NOW),
            List.of(),
            readings(),
            new ProposalId("p-9"),
            NOW,
            CLOCK);

    // Then
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.NotNow.class, n -> assertThat(n.why()).contains("has no channel purif.flow"));
  }
}
