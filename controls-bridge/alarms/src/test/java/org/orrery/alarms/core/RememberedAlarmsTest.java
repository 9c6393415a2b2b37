package org.orrery.alarms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.alarms.core.Fixture.FLOW;
import static org.orrery.alarms.core.Fixture.INTERLOCK;
import static org.orrery.alarms.core.Fixture.PRESSURE;
import static org.orrery.alarms.core.Fixture.SECOND_NS;
import static org.orrery.alarms.core.Fixture.key;
import static org.orrery.alarms.core.Fixture.ns;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmKey.Kind;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * After a restart the database may be there only after channels have spoken, and one that speaks
 * only on change may say nothing more until the next trouble.
 */
class RememberedAlarmsTest {
  private static final AlarmKey TRIP = key(INTERLOCK, Kind.STATE);
  private static final AlarmKey FLOW_LIMIT = key(FLOW, Kind.LIMIT);
  private static final AlarmKey FLOW_LOST = key(FLOW, Kind.DISCONNECTED);

  private final Fixture before = new Fixture(Fixture.flowSettings(0, 0));
  private final Fixture after = new Fixture(Fixture.flowSettings(0, 0));

  @Test
  void shouldCallForTheNextTripWhereTheAcknowledgedOneWasOverBeforeItWasRemembered() {
    // Given
    interlock(before, 1, "TRIPPED");
    before.acknowledge(2, TRIP);
    interlock(after, 10, "OK");

    // When
    remember(after, 11, before);
    AlarmState remembered = after.state(TRIP);
    List<AlarmTransition> next = interlock(after, 9000, "TRIPPED");

    // Then
    assertThat(remembered).isEqualTo(AlarmState.NORMAL);
    assertThat(next).extracting(t -> t.alarm().state()).containsExactly(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldCallForTheNextTripWhereNobodyHadSeenTheOneBefore() {
    // Given
    interlock(before, 1, "TRIPPED");
    interlock(after, 10, "OK");

    // When
    remember(after, 11, before);
    AlarmState remembered = after.state(TRIP);
    after.acknowledge(12, TRIP);
    List<AlarmTransition> next = interlock(after, 9000, "TRIPPED");

    // Then
    assertThat(remembered).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
    assertThat(next).extracting(t -> t.alarm().state()).containsExactly(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldKeepWhatWasAcknowledgedUntilItsChannelSpeaks() {
    // Given
    interlock(before, 1, "TRIPPED");
    before.acknowledge(2, TRIP);

    // When
    remember(after, 10, before);
    List<AlarmTransition> same = interlock(after, 11, "TRIPPED");

    // Then
    assertThat(same).isEmpty();
    assertThat(after.state(TRIP)).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void shouldEndWhatTheControlSystemNoLongerReports() {
    // Given
    pressure(before, 1, Severity.MAJOR, "HIHI");
    before.acknowledge(2, key(PRESSURE, Kind.SOURCE));
    pressure(after, 10, Severity.NONE, "");

    // When
    remember(after, 11, before);

    // Then
    assertThat(after.engine.list()).isEmpty();
  }

  @Test
  void shouldEndALimitAlarmWhoseLimitsWereTakenOutOfTheDescription() {
    // Given
    before.value(1, 0.5);
    before.acknowledge(2, FLOW_LIMIT);
    Fixture without = new Fixture(AlarmSettings.NONE);

    // When: the channel was not read yet
    remember(without, 11, before);

    // Then
    assertThat(without.engine.list()).isEmpty();
  }

  @Test
  void shouldEndTheAlarmOfAPvThatIsWhatTheDescriptionSaysAgain() {
    // Given
    before.handle(
        1,
        new AlarmEvent.HealthChanged(
            new ChannelHealth(PRESSURE, Link.MISMATCH, "its unit is Pa", ns(1))));
    before.acknowledge(2, key(PRESSURE, Kind.STATE));
    after.link(10, PRESSURE.value(), Link.CONNECTED);

    // When
    remember(after, 11, before);

    // Then
    assertThat(after.engine.list()).isEmpty();
  }

  @Test
  void shouldCallForTheNextLossOfAConnectionThatWasBackBeforeItsAlarmWasRemembered() {
    // Given
    before.link(1, FLOW.value(), Link.DISCONNECTED);
    before.tick(12);
    before.acknowledge(13, FLOW_LOST);
    after.link(20, FLOW.value(), Link.CONNECTED);
    after.tick(20.1);

    // When
    remember(after, 21, before);
    AlarmState remembered = after.state(FLOW_LOST);
    after.link(9000, FLOW.value(), Link.DISCONNECTED);
    List<AlarmTransition> next = after.tick(9011);

    // Then
    assertThat(remembered).isEqualTo(AlarmState.NORMAL);
    assertThat(next).extracting(t -> t.alarm().state()).containsExactly(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldKnowAnAcknowledgedLossThatWasFoundAgainBeforeItWasRemembered() {
    // Given
    before.link(1, FLOW.value(), Link.DISCONNECTED);
    before.tick(12);
    before.acknowledge(13, FLOW_LOST);
    after.link(20, FLOW.value(), Link.DISCONNECTED);
    after.tick(31);

    // When
    remember(after, 32, before);

    // Then
    assertThat(after.state(FLOW_LOST)).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void shouldRememberWhileTheSameTroubleWaitsForItsDelay() {
    // Given
    before.value(1, 0.5);
    Fixture unseen = new Fixture(Fixture.flowSettings(10 * SECOND_NS, 0));
    Fixture seen = new Fixture(Fixture.flowSettings(10 * SECOND_NS, 0));
    unseen.value(10, 0.5);
    seen.value(10, 0.5);

    // When
    remember(unseen, 11, before);
    unseen.value(12, 1.67);
    unseen.tick(30);
    before.acknowledge(2, FLOW_LIMIT);
    remember(seen, 11, before);
    seen.tick(30);

    // Then
    assertThat(unseen.state(FLOW_LIMIT)).isEqualTo(AlarmState.RETURNED_UNACKNOWLEDGED);
    assertThat(seen.state(FLOW_LIMIT)).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  private static void remember(Fixture plant, double at, Fixture before) {
    for (Alarm alarm : before.engine.list()) {
      plant.handle(at, new AlarmEvent.Remembered(alarm));
    }
  }

  private static List<AlarmTransition> interlock(Fixture plant, double at, String label) {
    int index = label.equals("OK") ? 0 : 1;
    return plant.sample(
        at, at, INTERLOCK, new Value.ChoiceValue(index, label), Severity.NONE, "", Quality.GOOD);
  }

  private static void pressure(Fixture plant, double at, Severity severity, String status) {
    plant.sample(at, at, PRESSURE, Value.of(1000), severity, status, Quality.GOOD);
  }
}
