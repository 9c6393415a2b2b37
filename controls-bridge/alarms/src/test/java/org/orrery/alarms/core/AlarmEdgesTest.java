package org.orrery.alarms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.alarms.core.Fixture.FLOW;
import static org.orrery.alarms.core.Fixture.INTERLOCK;
import static org.orrery.alarms.core.Fixture.PRESSURE;
import static org.orrery.alarms.core.Fixture.SECOND_NS;
import static org.orrery.alarms.core.Fixture.key;
import static org.orrery.alarms.core.Fixture.ns;

import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Provenance;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmKey.Kind;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/** Edges that must not be lost: wrong clocks, other sides, other words. */
class AlarmEdgesTest {
  private static final double NOW = 1_800_000_000;
  private static final double YEAR_1990 = 631_152_000;
  private static final AlarmKey FLOW_LIMIT = key(FLOW, Kind.LIMIT);
  private static final AlarmKey FLOW_SOURCE = key(FLOW, Kind.SOURCE);

  private final Fixture plant = new Fixture(Fixture.flowSettings(0, 0));

  @Test
  void shouldHearASourceThatRestartedWithoutAClock() {
    // Given
    plant.value(NOW, 1.67);

    // When
    List<AlarmTransition> invalid = flow(YEAR_1990, NOW + 1, 0, Severity.INVALID, "UDF", "BAD");
    List<AlarmTransition> low = flow(YEAR_1990 + 1, NOW + 2, 0.5, Severity.NONE, "", "STALE");

    // Then
    assertThat(invalid)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().key()).isEqualTo(FLOW_SOURCE);
              assertThat(t.alarm().raisedNs()).isEqualTo(ns(NOW + 1));
            });
    assertThat(low)
        .extracting(t -> t.alarm().key(), t -> t.alarm().state())
        .contains(
            Tuple.tuple(FLOW_LIMIT, AlarmState.UNACKNOWLEDGED),
            Tuple.tuple(FLOW_SOURCE, AlarmState.RETURNED_UNACKNOWLEDGED));
    assertThat(plant.engine.late()).isEqualTo(2);
  }

  @Test
  void shouldGoOnJudgingAfterOneStampInTheFuture() {
    // Given
    plant.value(NOW, 1.67);
    flow(NOW + 1e6, NOW + 1, 1.67, Severity.NONE, "", "GOOD");

    // When
    List<AlarmTransition> low = flow(NOW + 2, NOW + 2, 0.5, Severity.NONE, "", "GOOD");

    // Then
    assertThat(low).extracting(t -> t.alarm().key()).containsExactly(FLOW_LIMIT);
  }

  @Test
  void shouldDelayBySomeClockThatGoesForwardWhereTheSourcesDoesNot() {
    // Given
    Fixture delayed = new Fixture(Fixture.flowSettings(10 * SECOND_NS, 0));
    delayed.value(NOW, 1.67);

    // When
    delayed.sample(YEAR_1990, NOW + 1, FLOW, Value.of(0.5), Severity.NONE, "", Quality.GOOD);
    List<AlarmTransition> early = delayed.tick(NOW + 2);
    List<AlarmTransition> inTime = delayed.tick(NOW + 11);

    // Then
    assertThat(early).isEmpty();
    assertThat(inTime).hasSize(1);
  }

  @Test
  void shouldNotCallAgainForAReadingThatIsSaidAgain() {
    // Given
    plant.value(NOW, 0.5);
    plant.acknowledge(NOW + 1, FLOW_LIMIT);

    // When: as after a reconnection, and with an older reading before it
    List<AlarmTransition> again = flow(NOW, NOW + 60, 0.5, Severity.NONE, "", "GOOD");
    List<AlarmTransition> older = flow(NOW - 5, NOW + 61, 0.6, Severity.NONE, "", "GOOD");

    // Then
    assertThat(again).isEmpty();
    assertThat(older).isEmpty();
    assertThat(plant.state(FLOW_LIMIT)).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void shouldRaiseAnAlarmForAnInterlockThatIsNotWhatTheDescriptionSays() {
    // Given
    interlock(1, "OK", Severity.NONE, Quality.GOOD);

    // When
    List<AlarmTransition> mismatch = mismatch(2, "its choices are other ones");
    plant.link(3, INTERLOCK.value(), Link.CONNECTED);
    AlarmState before = plant.state(key(INTERLOCK, Kind.STATE));
    interlock(3, "OK", Severity.NONE, Quality.GOOD);

    // Then
    assertThat(mismatch)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().key()).isEqualTo(key(INTERLOCK, Kind.STATE));
              assertThat(t.alarm().message()).isEqualTo("its choices are other ones");
              assertThat(t.alarm().severity()).isEqualTo(Severity.INVALID);
            });
    assertThat(before).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.state(key(INTERLOCK, Kind.STATE)))
        .isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
  }

  @Test
  void shouldCallAgainWhenAnAcknowledgedAlarmTurnsToTheOtherSide() {
    // Given
    plant.value(1, 2.5);
    plant.acknowledge(2, FLOW_LIMIT);

    // When
    List<AlarmTransition> turned = plant.value(3, 1.3);
    List<AlarmTransition> same = plant.value(4, 1.29);

    // Then
    assertThat(turned)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.from()).isEqualTo(AlarmState.ACKNOWLEDGED);
              assertThat(t.alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
              assertThat(t.alarm().message()).isEqualTo("1.3 kg/s is below 1.4 kg/s");
              assertThat(t.alarm().raisedNs()).isEqualTo(ns(3));
            });
    assertThat(same).isEmpty();
  }

  @Test
  void shouldCallAgainForTheOtherSideWithinTheOffDelay() {
    // Given
    Fixture delayed = new Fixture(Fixture.flowSettings(0, 60 * SECOND_NS));
    delayed.value(1, 2.5);
    delayed.acknowledge(2, FLOW_LIMIT);
    delayed.value(3, 1.67);

    // When
    List<AlarmTransition> turned = delayed.value(4, 1.3);

    // Then
    assertThat(turned)
        .extracting(t -> t.alarm().state())
        .containsExactly(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldTellTheOtherSideOfAnAlarmThatNobodyHasSeen() {
    // Given
    plant.value(1, 0.5);

    // When
    List<AlarmTransition> turned = plant.value(2, 2.5);

    // Then
    assertThat(turned)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
              assertThat(t.alarm().severity()).isEqualTo(Severity.MAJOR);
              assertThat(t.alarm().message()).isEqualTo("2.5 kg/s is above 2 kg/s");
            });
  }

  @Test
  void shouldKnowTheSideOfAnAlarmFromBeforeTheRestart() {
    // Given
    plant.value(1, 2.5);
    plant.acknowledge(2, FLOW_LIMIT);
    Alarm remembered = plant.engine.list().getFirst();
    Fixture same = new Fixture(Fixture.flowSettings(0, 0));
    Fixture other = new Fixture(Fixture.flowSettings(0, 0));
    Fixture late = new Fixture(Fixture.flowSettings(0, 0));

    // When
    same.handle(10, new AlarmEvent.Remembered(remembered));
    same.value(11, 2.6);
    other.handle(10, new AlarmEvent.Remembered(remembered));
    other.value(11, 1.3);
    late.value(10, 1.3);
    late.handle(11, new AlarmEvent.Remembered(remembered));

    // Then
    assertThat(same.state(FLOW_LIMIT)).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(other.state(FLOW_LIMIT)).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(late.state(FLOW_LIMIT)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldCallAgainForASecondFindingOnAChannel() {
    // Given
    AlarmKey finding = key(FLOW, Kind.FINDING);
    finding(1, "f1", "Flow is lower than expected", true);
    plant.acknowledge(2, finding);

    // When
    List<AlarmTransition> repeated = finding(3, "f1", "Flow is lower than expected", true);
    List<AlarmTransition> second = finding(4, "f2", "Flow is noisy", true);
    plant.acknowledge(5, finding);
    finding(6, "f1", "Flow is lower than expected", true);
    finding(7, "f2", "Flow is noisy", false);
    AlarmState between = plant.state(finding);
    String message = plant.engine.list().getFirst().message();
    finding(8, "f1", "Flow is lower than expected", false);

    // Then
    assertThat(repeated).isEmpty();
    assertThat(second)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
              assertThat(t.alarm().message()).isEqualTo("Flow is noisy (and 1 more)");
            });
    assertThat(between).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(message).isEqualTo("Flow is lower than expected");
    assertThat(plant.state(finding)).isEqualTo(AlarmState.NORMAL);
  }

  @Test
  void shouldCallAgainWhenTheControlSystemReportsSomethingElse() {
    // Given
    AlarmKey source = key(PRESSURE, Kind.SOURCE);
    pressure(1, "HIHI_ALARM");
    plant.acknowledge(2, source);

    // When
    List<AlarmTransition> sameSide = pressure(3, "HIGH");
    List<AlarmTransition> otherSide = pressure(4, "LOLO");
    plant.acknowledge(5, source);
    List<AlarmTransition> words = pressure(6, "valve 3 stuck for 10 s");
    plant.acknowledge(7, source);
    List<AlarmTransition> numbers = pressure(8, "valve 3 stuck for 11 s");

    // Then
    assertThat(sameSide).isEmpty();
    assertThat(otherSide).hasSize(1);
    assertThat(words).hasSize(1);
    assertThat(numbers).isEmpty();
  }

  @Test
  void shouldNotTakeTheControlSystemsOwnAlarmForALimitOfOurs() {
    // When
    List<AlarmTransition> trip = flow(1, 1, 1.67, Severity.MAJOR, "LOW FLOW TRIP", "GOOD");
    plant.value(2, 1.67);
    List<AlarmTransition> limit = flow(3, 3, 1.67, Severity.MAJOR, "LOW_ALARM", "GOOD");

    // Then
    assertThat(trip).extracting(t -> t.alarm().key()).containsExactly(FLOW_SOURCE);
    assertThat(limit).isEmpty();
  }

  @Test
  void shouldLeaveALimitToUsOnlyWhereThisModeHasOneOnThatSide() {
    // Given
    flow(1, 1, 1.67, Severity.MAJOR, "LOLO", "GOOD");

    // When
    List<AlarmTransition> shutdown = plant.handle(2, new AlarmEvent.ModeChanged("SHUTDOWN"));
    List<AlarmTransition> next = flow(3, 3, 1.67, Severity.MAJOR, "HIHI", "GOOD");
    List<AlarmTransition> physics = plant.handle(4, new AlarmEvent.ModeChanged("PHYSICS"));

    // Then
    assertThat(shutdown).extracting(t -> t.alarm().key()).containsExactly(FLOW_SOURCE);
    assertThat(next).hasSize(1);
    assertThat(physics)
        .extracting(t -> t.alarm().state())
        .containsExactly(AlarmState.RETURNED_UNACKNOWLEDGED);
  }

  @Test
  void shouldRaiseAnAlarmForANumberThatIsNoneWhereLimitsHold() {
    // Given: the limit is broken already
    plant.value(1, 0.5);

    // When
    List<AlarmTransition> none = flow(2, 2, Double.NaN, Severity.NONE, "", "BAD");
    List<AlarmTransition> infinite =
        flow(3, 3, Double.POSITIVE_INFINITY, Severity.MAJOR, "HIHI", "STALE");
    AlarmState limit = plant.state(FLOW_LIMIT);
    plant.value(4, 1.67);

    // Then
    assertThat(none)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().key()).isEqualTo(FLOW_SOURCE);
              assertThat(t.alarm().severity()).isEqualTo(Severity.INVALID);
              assertThat(t.alarm().message()).isEqualTo("shows no number (NaN)");
            });
    assertThat(infinite).isEmpty();
    assertThat(limit).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.state(FLOW_SOURCE)).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
    assertThat(plant.state(FLOW_LIMIT)).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
  }

  @Test
  void shouldAskForANumberOnlyInAModeThatHasLimits() {
    // Given
    plant.handle(1, new AlarmEvent.ModeChanged("SHUTDOWN"));

    // When
    List<AlarmTransition> shutdown = flow(2, 2, Double.NaN, Severity.NONE, "", "BAD");
    List<AlarmTransition> unlimited =
        plant.sample(3, 3, PRESSURE, Value.of(Double.NaN), Severity.NONE, "", Quality.BAD);
    List<AlarmTransition> physics = plant.handle(4, new AlarmEvent.ModeChanged("PHYSICS"));

    // Then
    assertThat(shutdown).isEmpty();
    assertThat(unlimited).isEmpty();
    assertThat(physics).extracting(t -> t.alarm().key()).containsExactly(FLOW_SOURCE);
  }

  private List<AlarmTransition> flow(
      double at, double now, double value, Severity severity, String status, String quality) {
    return plant.sample(at, now, FLOW, Value.of(value), severity, status, Quality.valueOf(quality));
  }

  private List<AlarmTransition> pressure(double at, String status) {
    return plant.sample(at, at, PRESSURE, Value.of(1100), Severity.MAJOR, status, Quality.GOOD);
  }

  private void interlock(double at, String label, Severity severity, Quality quality) {
    int index = label.equals("OK") ? 0 : 1;
    plant.sample(at, at, INTERLOCK, new Value.ChoiceValue(index, label), severity, "", quality);
  }

  private List<AlarmTransition> mismatch(double at, String detail) {
    return plant.handle(
        at,
        new AlarmEvent.HealthChanged(new ChannelHealth(INTERLOCK, Link.MISMATCH, detail, ns(at))));
  }

  private List<AlarmTransition> finding(double at, String id, String title, boolean active) {
    return plant.handle(
        at,
        new AlarmEvent.FindingReported(
            new Finding(
                new FindingId(id),
                "dqm.innovation",
                title,
                List.of(FLOW),
                0,
                1,
                10,
                1e-6,
                1,
                List.of(),
                active,
                new Provenance(0, 1, Optional.empty(), "d", "1", 0, ""))));
  }
}
