package org.orrery.alarms.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.alarms.core.Fixture.FLOW;
import static org.orrery.alarms.core.Fixture.PRESSURE;
import static org.orrery.alarms.core.Fixture.key;
import static org.orrery.alarms.core.Fixture.ns;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmKey.Kind;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;

/**
 * What is lost besides what was acknowledged calls; what comes back, and what only comes and goes,
 * does not. A connection counts as lost after 10 s, five lost devices make a summary, and the
 * pump's two channels stand first in the facility, so that its alarm and the summary share a key.
 */
class LostConnectionsTest {
  private static final AlarmKey HEAD = key(FLOW, Kind.DISCONNECTED);
  private static final String SPEED = "purif.pump-a.speed";

  private final Fixture plant = new Fixture(Fixture.flowSettings(0, 0));

  @Test
  void shouldCallAgainWhenMoreDevicesAreLostThanWereAcknowledged() {
    // Given
    lose(1, 1, 5);
    plant.tick(12);
    plant.acknowledge(13, HEAD);

    // When
    lose(20, 6, 8);
    List<AlarmTransition> told = plant.tick(31);

    // Then
    assertThat(told)
        .singleElement()
        .satisfies(
            t -> {
              assertThat(t.from()).isEqualTo(AlarmState.ACKNOWLEDGED);
              assertThat(t.alarm().state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
              assertThat(t.alarm().message())
                  .isEqualTo("8 channels of 8 devices cannot be reached");
            });
  }

  @Test
  void shouldCallForASummaryUnderTheKeyOfADeviceThatWasAcknowledgedAlone() {
    // Given
    plant.link(1, FLOW.value(), Link.DISCONNECTED);
    plant.link(1, SPEED, Link.DISCONNECTED);
    plant.tick(12);
    plant.acknowledge(13, HEAD);

    // When
    lose(20, 1, 5);
    List<AlarmTransition> told = plant.tick(31);

    // Then
    assertThat(told)
        .extracting(t -> t.alarm().key(), t -> t.alarm().state(), t -> t.alarm().message())
        .containsExactly(
            Tuple.tuple(
                HEAD, AlarmState.UNACKNOWLEDGED, "7 channels of 6 devices cannot be reached"));
  }

  @Test
  void shouldCallAgainWhenMoreOfADeviceIsLostThanWasAcknowledged() {
    // Given
    plant.link(1, FLOW.value(), Link.DISCONNECTED);
    List<AlarmTransition> one = plant.tick(12);
    plant.acknowledge(13, HEAD);

    // When: first for less than the delay
    plant.link(20, SPEED, Link.DISCONNECTED);
    plant.tick(25);
    plant.link(26, SPEED, Link.CONNECTED);
    List<AlarmTransition> shortly = plant.tick(40);
    plant.link(50, SPEED, Link.DISCONNECTED);
    List<AlarmTransition> all = plant.tick(61);

    // Then
    assertThat(one)
        .extracting(t -> t.alarm().message())
        .containsExactly("1 of 2 channels of pump cannot be reached: purif.flow");
    assertThat(shortly).isEmpty();
    assertThat(all)
        .extracting(t -> t.alarm().state(), t -> t.alarm().message())
        .containsExactly(Tuple.tuple(AlarmState.UNACKNOWLEDGED, "pump cannot be reached"));
  }

  @Test
  void shouldSayWhatIsLeftAndCallNobodyWhenFewerAreLostThanWereAcknowledged() {
    // Given
    lose(1, 1, 6);
    plant.tick(12);
    plant.acknowledge(13, HEAD);
    plant.told.clear();

    // When: down through the number from which on there is a summary
    for (int i = 6; i >= 1; i--) {
      plant.link(30 - i, femb(i), Link.CONNECTED);
      plant.tick(30 - i);
    }

    // Then
    assertThat(plant.told)
        .extracting(t -> t.alarm().key(), t -> t.alarm().state(), t -> t.alarm().message())
        .containsExactly(
            Tuple.tuple(HEAD, AlarmState.ACKNOWLEDGED, "5 channels of 5 devices cannot be reached"),
            Tuple.tuple(HEAD, AlarmState.ACKNOWLEDGED, "4 channels of 4 devices cannot be reached"),
            Tuple.tuple(HEAD, AlarmState.ACKNOWLEDGED, "3 channels of 3 devices cannot be reached"),
            Tuple.tuple(HEAD, AlarmState.ACKNOWLEDGED, "2 channels of 2 devices cannot be reached"),
            Tuple.tuple(HEAD, AlarmState.ACKNOWLEDGED, "femb1 cannot be reached"),
            Tuple.tuple(HEAD, AlarmState.NORMAL, "femb1 cannot be reached"));
  }

  @Test
  void shouldSayHowManyAreLostBeforeAnybodyHasAcknowledged() {
    // Given
    lose(1, 1, 6);
    plant.tick(12);

    // When
    plant.link(20, femb(6), Link.CONNECTED);
    List<AlarmTransition> told = plant.tick(20);

    // Then
    assertThat(told)
        .extracting(t -> t.alarm().state(), t -> t.alarm().message())
        .containsExactly(
            Tuple.tuple(AlarmState.UNACKNOWLEDGED, "5 channels of 5 devices cannot be reached"));
  }

  @Test
  void shouldCallOnceForADeviceThatComesAndGoes() {
    // Given
    lose(1, 1, 6);
    plant.tick(12);
    plant.acknowledge(13, HEAD);
    plant.told.clear();

    // When
    for (int at = 100; at < 1000; at += 100) {
      plant.link(at, femb(6), Link.CONNECTED);
      plant.tick(at);
      plant.link(at + 20, femb(6), Link.DISCONNECTED);
      plant.tick(at + 31);
    }

    // Then
    assertThat(plant.told)
        .extracting(t -> t.alarm().state())
        .hasSize(18)
        .containsOnly(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void shouldCallAgainForADeviceThatWasBackForLong() {
    // Given
    lose(1, 1, 6);
    plant.tick(12);
    plant.acknowledge(13, HEAD);
    plant.link(100, femb(6), Link.CONNECTED);
    plant.tick(100);

    // When
    plant.link(1000, femb(6), Link.DISCONNECTED);
    List<AlarmTransition> told = plant.tick(1011);

    // Then
    assertThat(told).extracting(t -> t.alarm().state()).containsExactly(AlarmState.UNACKNOWLEDGED);
  }

  @Test
  void shouldGiveADeviceAnAlarmOfItsOwnWhileOnlyAFewAreLeftOfASummary() {
    // Given
    lose(1, 1, 5);
    plant.tick(12);
    plant.acknowledge(13, HEAD);
    for (int i = 1; i <= 3; i++) {
      plant.link(20, femb(i), Link.CONNECTED);
    }
    plant.tick(20);

    // When
    plant.link(30, PRESSURE.value(), Link.DISCONNECTED);
    List<AlarmTransition> told = plant.tick(41);

    // Then
    assertThat(told)
        .extracting(t -> t.alarm().key(), t -> t.alarm().message())
        .containsExactly(
            Tuple.tuple(key(PRESSURE, Kind.DISCONNECTED), "cryostat cannot be reached"));
    assertThat(plant.state(HEAD)).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  @Test
  void shouldTellManyDevicesThatWereLostLongBeforeAsOne() {
    // When: as at a start, where none of them has ever been connected
    for (int i = 1; i <= 8; i++) {
      plant.handle(15, lost(femb(i), 0, "not connected since the start"));
    }
    List<AlarmTransition> told = plant.tick(15.1);

    // Then
    assertThat(plant.told).isEqualTo(told);
    assertThat(told)
        .extracting(t -> t.alarm().message())
        .containsExactly("8 channels of 8 devices cannot be reached");
  }

  @Test
  void shouldNotTakeAnotherDetailForAnotherLoss() {
    // Given
    plant.link(1, FLOW.value(), Link.DISCONNECTED);
    plant.tick(12);
    plant.acknowledge(13, HEAD);

    // When
    plant.handle(60, lost(FLOW.value(), 60, "it is not to be had"));
    List<AlarmTransition> told = plant.tick(60.1);

    // Then
    assertThat(told).isEmpty();
    assertThat(plant.state(HEAD)).isEqualTo(AlarmState.ACKNOWLEDGED);
  }

  private void lose(double at, int first, int last) {
    for (int i = first; i <= last; i++) {
      plant.link(at, femb(i), Link.DISCONNECTED);
    }
  }

  private static AlarmEvent lost(String channel, double since, String detail) {
    return new AlarmEvent.HealthChanged(
        new ChannelHealth(new ChannelId(channel), Link.DISCONNECTED, detail, ns(since)));
  }

  private static String femb(int number) {
    return "fe.femb" + number + ".noise";
  }
}
