package org.orrery.alarms.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Provenance;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

class AlarmEngineTest {
  private static final AlarmKey FLOW_LIMIT = Fixture.key(Fixture.FLOW, AlarmKey.Kind.LIMIT);

  private final Fixture plant = new Fixture(Fixture.flowSettings(0, 0));

  @Test
  void shouldRaiseAcknowledgeAndReturn() {
    // When
    plant.value(1, 1.67);
    List<AlarmTransition> raised = plant.value(2, 1.19);
    List<AlarmTransition> acknowledged = plant.acknowledge(3, FLOW_LIMIT);
    List<AlarmTransition> returned = plant.value(4, 1.67);

    // Then
    assertThat(raised)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.from()).isEqualTo(AlarmState.NORMAL);
              assertThat(t.alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
              assertThat(t.alarm().severity()).isEqualTo(Severity.MINOR);
              assertThat(t.alarm().message()).isEqualTo("1.19 kg/s is below 1.4 kg/s");
              assertThat(t.alarm().firstOut()).isTrue();
              assertThat(t.alarm().response()).isEqualTo("Start the standby pump.");
            });
    assertThat(acknowledged)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.by()).isEqualTo("vera");
              assertThat(t.alarm().acknowledgedBy()).contains("vera");
            });
    assertThat(returned)
        .singleElement()
        .satisfies(t -> assertThat(t.alarm().state()).isEqualTo(AlarmState.NORMAL));
    assertThat(plant.engine.list()).isEmpty();
  }

  @Test
  void shouldLatchTheWorstUntilSomebodyHasSeenIt() {
    // When
    plant.value(1, 0.5);
    plant.value(2, 1.3);
    plant.value(3, 1.67);

    // Then
    assertThat(plant.engine.list())
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state()).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
              assertThat(alarm.severity()).isEqualTo(Severity.MAJOR);
            });
    assertThat(plant.acknowledge(4, FLOW_LIMIT)).hasSize(1);
    assertThat(plant.engine.list()).isEmpty();
  }

  @Test
  void shouldCallAgainWhenAnAcknowledgedAlarmGetsWorse() {
    // When
    plant.value(1, 1.3);
    plant.acknowledge(2, FLOW_LIMIT);
    List<AlarmTransition> worse = plant.value(3, 0.2);

    // Then
    assertThat(worse)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
              assertThat(t.alarm().severity()).isEqualTo(Severity.MAJOR);
            });
  }

  @Test
  void shouldHoldWithinTheHysteresis() {
    plant.value(1, 1.39);
    assertThat(plant.value(2, 1.44)).isEmpty();
    assertThat(plant.state(FLOW_LIMIT)).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.value(3, 1.46)).hasSize(1);
  }

  @Test
  void shouldJudgeDelaysByTheReadingsOwnTimes() {
    // Given: both readings come in at once, late
    Fixture delayed = new Fixture(Fixture.flowSettings(10 * Fixture.SECOND_NS, 0));
    delayed.sample(0, 30, Fixture.FLOW, Value.of(1.2), Severity.NONE, "", Quality.GOOD);

    // When
    List<AlarmTransition> told =
        delayed.sample(20, 30, Fixture.FLOW, Value.of(1.67), Severity.NONE, "", Quality.GOOD);

    // Then: it had lasted 20 s before it went
    assertThat(told)
        .extracting(t -> t.alarm().state())
        .containsExactly(AlarmState.UNACKNOWLEDGED, AlarmState.RETURNED_UNACKNOWLEDGED);
  }

  @Test
  void shouldRaiseAfterTheDelayWithoutANewReading() {
    Fixture delayed = new Fixture(Fixture.flowSettings(10 * Fixture.SECOND_NS, 0));
    delayed.value(0, 1.2);
    assertThat(delayed.tick(9)).isEmpty();
    assertThat(delayed.tick(10)).hasSize(1);
  }

  @Test
  void shouldNeverDelayALifeSafetyAlarm() {
    // Given: its settings ask for a delay of a minute
    List<AlarmTransition> told =
        plant.sample(
            1,
            1,
            Fixture.INTERLOCK,
            new Value.ChoiceValue(1, "TRIPPED"),
            Severity.MAJOR,
            "STATE",
            Quality.GOOD);

    // Then: one alarm, not one of ours and one of theirs
    assertThat(told)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().key().kind()).isEqualTo(AlarmKey.Kind.STATE);
              assertThat(t.alarm().message()).isEqualTo("is TRIPPED");
            });
  }

  @Test
  void shouldApplyTheLimitsOfTheMode() {
    plant.value(1, 0.0);
    List<AlarmTransition> off = plant.handle(2, new AlarmEvent.ModeChanged("SHUTDOWN"));
    List<AlarmTransition> on = plant.handle(3, new AlarmEvent.ModeChanged("PHYSICS"));
    assertThat(off)
        .extracting(t -> t.alarm().state())
        .containsExactly(AlarmState.RETURNED_UNACKNOWLEDGED);
    assertThat(on).extracting(t -> t.alarm().state()).containsExactly(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldNotAcknowledgeWhatLiesBeneathALostConnection() {
    // Given: flow too low, then its connection goes and comes back (phoebus#1928)
    plant.value(1, 1.2);
    plant.link(2, "purif.flow", Link.DISCONNECTED);
    plant.tick(13);
    AlarmKey lost = Fixture.key(Fixture.FLOW, AlarmKey.Kind.DISCONNECTED);
    assertThat(plant.state(lost)).isEqualTo(AlarmState.UNACKNOWLEDGED);

    // When
    plant.acknowledge(14, lost);
    plant.link(15, "purif.flow", Link.CONNECTED);
    plant.tick(15.1);

    // Then
    assertThat(plant.state(lost)).isEqualTo(AlarmState.NORMAL);
    assertThat(plant.state(FLOW_LIMIT)).isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldRaiseOneAlarmForALostDeviceAndOneForALostControlSystem() {
    // When: one device
    plant.link(1, "fe.femb1.noise", Link.DISCONNECTED);
    assertThat(plant.tick(5)).isEmpty();
    List<AlarmTransition> device = plant.tick(12);

    // Then
    assertThat(device)
        .singleElement()
        .satisfies(t -> assertThat(t.alarm().message()).isEqualTo("femb1 cannot be reached"));

    // When: everything
    for (int i = 2; i <= 8; i++) {
      plant.link(20, "fe.femb" + i + ".noise", Link.DISCONNECTED);
    }
    plant.link(20, "purif.flow", Link.DISCONNECTED);
    List<AlarmTransition> all = plant.tick(31);

    // Then
    assertThat(all)
        .singleElement()
        .satisfies(
            t ->
                assertThat(t.alarm().message())
                    .isEqualTo("9 channels of 9 devices cannot be reached"));

    // When: all but one are back
    for (int i = 2; i <= 8; i++) {
      plant.link(40, "fe.femb" + i + ".noise", Link.CONNECTED);
    }
    plant.link(40, "fe.femb1.noise", Link.CONNECTED);
    plant.tick(40.1);

    // Then: the one that is left says so
    assertThat(plant.engine.list())
        .filteredOn(a -> a.state() == AlarmState.UNACKNOWLEDGED)
        .singleElement()
        .satisfies(a -> assertThat(a.key().channel()).isEqualTo(Fixture.FLOW));
  }

  @Test
  void shouldTellALostLifeSafetyChannelAtOnceAndByItself() {
    List<AlarmTransition> told = plant.link(1, Fixture.INTERLOCK.value(), Link.DISCONNECTED);
    assertThat(told)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.alarm().key().channel()).isEqualTo(Fixture.INTERLOCK);
              assertThat(t.alarm().priority().name()).isEqualTo("CRITICAL");
            });
  }

  @Test
  void shouldKeepALimitAlarmWhileReadingsCannotBeTrusted() {
    plant.value(1, 1.2);
    plant.sample(2, 2, Fixture.FLOW, Value.of(1.67), Severity.INVALID, "COMM", Quality.BAD);
    assertThat(plant.state(FLOW_LIMIT)).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(plant.state(Fixture.key(Fixture.FLOW, AlarmKey.Kind.SOURCE)))
        .isEqualTo(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldRaiseWhatTheControlSystemReportsWhereWeHaveNoLimits() {
    List<AlarmTransition> told =
        plant.sample(1, 1, Fixture.PRESSURE, Value.of(1100), Severity.MAJOR, "HIHI", Quality.GOOD);
    assertThat(told)
        .singleElement()
        .satisfies(t -> assertThat(t.alarm().key().kind()).isEqualTo(AlarmKey.Kind.SOURCE));
    assertThat(
            plant.sample(2, 2, Fixture.FLOW, Value.of(1.67), Severity.MINOR, "LOW", Quality.GOOD))
        .isEmpty();
  }

  @Test
  void shouldNotWaitForASourceWhoseClockIsAhead() {
    assertThat(plant.sample(100, 1, Fixture.FLOW, Value.of(0.1), Severity.NONE, "", Quality.GOOD))
        .singleElement()
        .satisfies(t -> assertThat(t.atNs()).isEqualTo(Fixture.ns(1)));
  }

  @Test
  void shouldFollowAFindingFromBeginningToEnd() {
    AlarmKey key = Fixture.key(Fixture.FLOW, AlarmKey.Kind.FINDING);
    plant.handle(1, new AlarmEvent.FindingReported(finding(true)));
    assertThat(plant.state(key)).isEqualTo(AlarmState.UNACKNOWLEDGED);
    plant.acknowledge(2, key);
    plant.handle(3, new AlarmEvent.FindingReported(finding(false)));
    assertThat(plant.state(key)).isEqualTo(AlarmState.NORMAL);
  }

  @Test
  void shouldKnowAnAcknowledgementFromBeforeTheRestart() {
    // Given
    plant.value(1, 1.2);
    plant.acknowledge(2, FLOW_LIMIT);
    Alarm remembered = plant.engine.list().getFirst();

    // When: remembered before the first reading, and after it
    Fixture early = new Fixture(Fixture.flowSettings(0, 0));
    early.handle(10, new AlarmEvent.Remembered(remembered));
    early.value(11, 1.2);
    Fixture afterwards = new Fixture(Fixture.flowSettings(0, 0));
    afterwards.value(10, 1.2);
    afterwards.handle(11, new AlarmEvent.Remembered(remembered));
    Fixture recovered = new Fixture(Fixture.flowSettings(0, 0));
    recovered.handle(10, new AlarmEvent.Remembered(remembered));
    recovered.value(11, 1.67);

    // Then
    assertThat(early.state(FLOW_LIMIT)).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(afterwards.state(FLOW_LIMIT)).isEqualTo(AlarmState.ACKNOWLEDGED);
    assertThat(recovered.state(FLOW_LIMIT)).isEqualTo(AlarmState.NORMAL);
  }

  @Test
  void shouldNameTheFirstAlarmOfAnEpisode() {
    plant.value(1, 1.2);
    plant.sample(2, 2, Fixture.PRESSURE, Value.of(1), Severity.MINOR, "COS", Quality.GOOD);
    plant.value(3, 1.67);
    plant.sample(400, 400, Fixture.PRESSURE, Value.of(1), Severity.NONE, "", Quality.GOOD);
    plant.sample(401, 401, Fixture.PRESSURE, Value.of(1), Severity.MINOR, "COS", Quality.GOOD);

    List<Boolean> firstOuts =
        plant.told.stream()
            .filter(t -> t.alarm().state() == AlarmState.UNACKNOWLEDGED)
            .map(t -> t.alarm().firstOut())
            .toList();
    assertThat(firstOuts).containsExactly(true, false, true);
  }

  @Test
  void shouldNotCallALateConsequenceAFirstAlarm() {
    // Given: the flow stays low
    plant.value(1, 1.2);

    // When
    List<AlarmTransition> consequence =
        plant.sample(900, 900, Fixture.PRESSURE, Value.of(1), Severity.MINOR, "COS", Quality.GOOD);
    plant.sample(901, 901, Fixture.PRESSURE, Value.of(1), Severity.NONE, "", Quality.GOOD);
    List<AlarmTransition> nextDay =
        plant.sample(9e4, 9e4, Fixture.PRESSURE, Value.of(1), Severity.MINOR, "COS", Quality.GOOD);

    // Then
    assertThat(consequence)
        .singleElement()
        .satisfies(t -> assertThat(t.alarm().firstOut()).isFalse());
    assertThat(nextDay).singleElement().satisfies(t -> assertThat(t.alarm().firstOut()).isTrue());
  }

  @Test
  void shouldSayWhenThereIsNothingToAcknowledge() {
    Reply<Alarm> reply =
        plant.engine.acknowledge(FLOW_LIMIT, "vera", 1, new java.util.ArrayList<>());
    assertThat(reply).isInstanceOf(Reply.Declined.class);
  }

  @Test
  void shouldCountFloodsAndChattering() {
    for (int i = 0; i < 12; i++) {
      plant.value(1 + 2 * i, 1.2);
      plant.value(2 + 2 * i, 1.67);
    }
    AlarmFigures figures = plant.engine.figures(Fixture.ns(26));
    assertThat(figures.raisedLastTenMinutes()).isEqualTo(12);
    assertThat(figures.flood()).isTrue();
    assertThat(figures.chattering()).containsExactly(FLOW_LIMIT);
    assertThat(plant.engine.figures(Fixture.ns(700)).flood()).isFalse();
  }

  private static Finding finding(boolean active) {
    return new Finding(
        new FindingId("f1"),
        "dqm.innovation",
        "Flow is lower than expected",
        List.of(Fixture.FLOW),
        0,
        1,
        10,
        1e-6,
        1,
        List.of(),
        active,
        new Provenance(0, 1, Optional.empty(), "d", "1", 0, ""));
  }
}
