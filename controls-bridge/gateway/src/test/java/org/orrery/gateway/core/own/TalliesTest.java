package org.orrery.gateway.core.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Provenance;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.gateway.core.TestPlant;

class TalliesTest {
  private static final Provenance LIVE = Provenance.live(0, 1, "test", "1", 0, "");

  private final AlarmTally alarms = new AlarmTally(TestPlant.facility());
  private final FindingTally findings = new FindingTally(TestPlant.facility());

  @Property
  void shouldGiveTwoChannelsTwoNames(@ForAll("ids") String one, @ForAll("ids") String other) {
    // When / Then
    assertThat(OwnNames.of("TWIN", one, "VALUE").equals(OwnNames.of("TWIN", other, "VALUE")))
        .isEqualTo(one.equals(other));
    assertThat(OwnNames.of("TWIN", one)).matches("[A-Z0-9:-]+");
  }

  @Provide
  Arbitrary<String> ids() {
    return Arbitraries.strings()
        .withChars("ab1")
        .ofMinLength(1)
        .ofMaxLength(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .flatMap(words -> Arbitraries.of(".", "-").map(join -> String.join(join, words)));
  }

  @Test
  void shouldNameAQuantityByRule() {
    // When / Then
    assertThat(OwnNames.of("TWIN", "parameter.Impurity source, ppb/d", "SIGMA"))
        .isEqualTo("TWIN:PARAMETER:IMPURITY_SOURCE__PPB_D:SIGMA");
    assertThat(OwnNames.of("BRIDGE", OwnNames.address("127.0.0.1:5075")))
        .isEqualTo("BRIDGE:127_0_0_1_5075");
  }

  @Test
  void shouldCountAlarmsByStateSeverityAndSubsystem() {
    // Given
    alarms.take(alarm(TestPlant.FLOW, AlarmState.UNACKNOWLEDGED, Severity.MINOR));
    alarms.take(alarm(TestPlant.SPEED, AlarmState.ACKNOWLEDGED, Severity.MAJOR));
    alarms.take(alarm(TestPlant.ENABLE, AlarmState.SHELVED, Severity.INVALID));

    // When
    alarms.takeOlder(
        List.of(
            alarm(TestPlant.FLOW, AlarmState.NORMAL, Severity.MAJOR),
            alarm(TestPlant.SPEED, AlarmState.UNACKNOWLEDGED, Severity.INVALID)));

    // Then
    assertThat(alarms.annunciating()).isEqualTo(2);
    assertThat(alarms.byState())
        .containsEntry(AlarmState.SHELVED, 1L)
        .containsEntry(AlarmState.ACKNOWLEDGED, 1L)
        .doesNotContainKey(AlarmState.NORMAL);
    assertThat(alarms.bySeverity())
        .containsEntry(Severity.MINOR, 1L)
        .containsEntry(Severity.MAJOR, 1L)
        .containsEntry(Severity.INVALID, 0L);
    alarms.take(alarm(TestPlant.SPEED, AlarmState.NORMAL, Severity.NONE));
    assertThat(alarms.annunciating()).isEqualTo(1);
  }

  @Test
  void shouldLeadWithTheFindingThatIsTheLeastProbableByChance() {
    // Given
    findings.take(finding("a", 0.01, 50, true));
    findings.take(finding("b", 0.0001, 3, true));
    findings.take(finding("c", 0.0001, 9, true));

    // When
    findings.take(finding("c", 0.0001, 9, false));

    // Then
    assertThat(findings.leading()).map(f -> f.id().value()).contains("b");
    assertThat(findings.count()).isEqualTo(2);
    assertThat(findings.count("dqm")).isEqualTo(2);
    assertThat(findings.count("twin")).isZero();
  }

  @Test
  void shouldNameACauseOnlyWhileWhatItExplainsLasts() {
    // Given
    findings.take(finding("a", 0.01, 50, true));
    findings.take(diagnosis("a", new Hypothesis.PlantFault("F5", "pump stopped", "pump-a")));
    Optional<String> lasting = findings.cause().map(c -> c.hypothesis().title());

    // When
    findings.take(finding("a", 0.01, 50, false));

    // Then
    assertThat(lasting).contains("pump stopped");
    assertThat(findings.cause()).isEmpty();
    findings.take(finding("a", 0.01, 50, true));
    findings.take(diagnosis("a", new Hypothesis.NothingWrong()));
    assertThat(findings.cause()).isEmpty();
  }

  @Test
  void shouldSayWhetherAReadingFitsItsEstimate() {
    // Given
    Band band = new Band(1 - 1.6449, 1, 1 + 1.6449);

    // When / Then
    assertThat(Estimates.sigma(band)).isCloseTo(1, offset(1e-12));
    assertThat(agreement(band, OptionalDouble.of(3.9))).contains(Agreement.AGREES);
    assertThat(agreement(band, OptionalDouble.of(-2.1))).contains(Agreement.DOUBTS);
    assertThat(agreement(band, OptionalDouble.of(6.1))).contains(Agreement.LOST);
    assertThat(agreement(band, OptionalDouble.empty())).isEmpty();
    assertThat(agreement(new Band(1, 1, 1), OptionalDouble.of(1))).isEmpty();
  }

  private static Optional<Agreement> agreement(Band band, OptionalDouble measured) {
    TwinState.ChannelEstimate estimate =
        new TwinState.ChannelEstimate(
            TestPlant.FLOW, band, measured, 1, OptionalDouble.empty(), true);
    return Estimates.agreement(
        new TwinState(1, Agreement.AGREES, 1, List.of(estimate), List.of(), Optional.empty(), LIVE),
        estimate);
  }

  private static Alarm alarm(ChannelId channel, AlarmState state, Severity severity) {
    return new Alarm(
        new AlarmKey(channel, AlarmKey.Kind.LIMIT),
        state,
        severity,
        "too low",
        1,
        1,
        Optional.empty(),
        AlarmSettings.Priority.HIGH,
        "call",
        false);
  }

  private static Finding finding(String id, double pValue, double score, boolean active) {
    return new Finding(
        new FindingId(id),
        "dqm.innovation",
        "finding " + id,
        List.of(TestPlant.FLOW),
        0,
        1,
        score,
        pValue,
        1,
        List.of(),
        active,
        LIVE);
  }

  private static Diagnosis diagnosis(String finding, Hypothesis cause) {
    return new Diagnosis(
        new DiagnosisId("d"),
        new FindingId(finding),
        1,
        1,
        List.of(new Diagnosis.Cause(cause, 0.9, List.of(), List.of())),
        List.of(),
        1,
        Agreement.AGREES,
        LIVE);
  }
}
