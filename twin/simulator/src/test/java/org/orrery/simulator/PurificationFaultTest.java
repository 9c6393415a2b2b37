package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purification faults: signs, order, remedies, and what a wrong action does. */
class PurificationFaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F5 start",
        "F5 start mode=bearing",
        "F6 start",
        "F7 start",
        "F21 start channel=purif.prm2.status code=-11"
      })
  void shouldMoveWhatTheTruthSaysAndNothingElse(String line) {
    // Given
    TruthCheck check = new TruthCheck(41).hours(1);
    // When / Then
    assertThat(check.failures(line)).isEmpty();
  }

  @Test
  void shouldPoisonTheVolumeWithinTheHourAndQuenchLightSlowly() {
    // Given
    Recorder recorder = new Recorder(42);
    recorder.hours(1);
    double light = recorder.mean("mon.light.yield");
    double anode = recorder.mean("mon.dqdx.anode");
    double cathode = recorder.mean("mon.dqdx.cathode");
    // When
    recorder.say("F7 start").seconds(180);
    // Then
    assertThat(recorder.last("purif.analyser.o2")).isGreaterThan(100);
    assertThat(recorder.last("purif.analyser.n2")).isGreaterThan(10);
    assertThat(recorder.last("mon.dqdx.cathode")).isCloseTo(cathode, within(1.0));
    recorder.hours(0.9);
    assertThat(recorder.last("mon.dqdx.cathode")).isLessThan(1);
    assertThat(recorder.last("mon.dqdx.anode")).isCloseTo(anode, within(1.5));
    assertThat(recorder.last("purif.prm2.status")).isEqualTo(-10);
    assertThat(recorder.last("mon.light.yield") / light).isBetween(0.7, 0.93);
  }

  @Test
  void shouldSaveTheVolumeWhenTheLeakIsIsolatedInTime() {
    // Given
    Recorder recorder = new Recorder(42);
    recorder.hours(1).say("F7 start").seconds(300);
    // When
    recorder.put("purif.isolation", 1);
    recorder.hours(3);
    // Then
    assertThat(recorder.last("purif.prm2.lifetime")).isGreaterThan(6);
    assertThat(recorder.last("purif.analyser.o2")).isLessThan(0.5);
    assertThat(recorder.last("purif.flow")).isGreaterThan(1.5);
    assertThat(recorder.hours(24).simulator.truth()).isEmpty();
  }

  @Test
  void shouldSaturateTheOtherFilterTooWhenTheLeakGoesOn() {
    // Given
    Recorder recorder = new Recorder(42);
    recorder.hours(1).say("F7 start").hours(0.5);
    // When
    recorder.put("purif.filter.select", 1);
    recorder.hours(1);
    recorder.put("purif.isolation", 1);
    recorder.hours(2);
    // Then
    assertThat(recorder.last("purif.prm-inline.lifetime")).isLessThan(20);
    assertThat(recorder.last("purif.analyser.o2")).isGreaterThan(100);
  }

  @Test
  void shouldDrawNoAirWhileThePumpStands() {
    // Given
    Recorder recorder = new Recorder(42);
    recorder.put("purif.pump-a.enable", 0);
    recorder.hours(0.5);
    // When
    recorder.say("F7 start").hours(2);
    // Then
    assertThat(recorder.last("purif.analyser.o2")).isLessThan(0.5);
    assertThat(recorder.last("mon.dqdx.cathode")).isGreaterThan(35);
  }

  @Test
  void shouldRegenerateAStandbyFilterInOneToTwoDays() {
    // Given
    Recorder recorder = new Recorder(43);
    recorder.say("F6 start").hours(2);
    assertThat(recorder.put("purif.filter-a.regenerate", 1)).isInstanceOf(PutResult.Refused.class);
    recorder.put("purif.filter.select", 1);
    recorder.hours(0.1);
    // When
    PutResult result = recorder.put("purif.filter-a.regenerate", 1);
    // Then
    assertThat(result).isEqualTo(new PutResult.Accepted());
    recorder.hours(6);
    assertThat(recorder.last("purif.filter-a.state")).isEqualTo(2);
    assertThat(recorder.put("purif.filter.select", 0)).isInstanceOf(PutResult.Refused.class);
    recorder.hours(4);
    assertThat(recorder.last("purif.filter-a.state")).isEqualTo(3);
    assertThat(recorder.last("purif.filter-a.hydrogen")).isCloseTo(1.5, within(0.1));
    assertThat(recorder.last("purif.filter-a.temperature")).isCloseTo(500, within(15.0));
    assertThat(recorder.hours(13).last("purif.filter-a.state")).isNotZero();
    assertThat(recorder.hours(25).last("purif.filter-a.state")).isZero();
    assertThat(recorder.simulator.truth()).isEmpty();
    recorder.put("purif.filter.select", 0);
    recorder.hours(2);
    assertThat(recorder.last("purif.prm-inline.lifetime"))
        .isGreaterThan(recorder.last("purif.prm2.lifetime") * 1.4);
  }

  @Test
  void shouldLoseMoreLifetimeWhenTheCirculationIsStoppedBehindAFullFilter() {
    // Given
    Recorder switched = new Recorder(47);
    Recorder stopped = new Recorder(47);
    switched.say("F6 start").hours(6);
    stopped.say("F6 start").hours(6);
    // When
    switched.put("purif.filter.select", 1);
    stopped.put("purif.pump-a.enable", 0);
    switched.hours(48);
    stopped.hours(48);
    // Then
    assertThat(stopped.last("purif.prm2.lifetime"))
        .isLessThan(switched.last("purif.prm2.lifetime") - 1);
  }

  @Test
  void shouldTakeTheLoadOffAFilterThatALeakHasFilled() {
    // Given
    Recorder recorder = new Recorder(44);
    recorder.say("F7 start").seconds(1_200);
    recorder.put("purif.isolation", 1);
    recorder.put("purif.filter.select", 1);
    recorder.hours(0.1);
    recorder.put("purif.filter-a.regenerate", 1);
    recorder.hours(48);
    double before = recorder.last("purif.analyser.o2");
    // When
    recorder.put("purif.filter.select", 0);
    recorder.hours(24);
    // Then
    assertThat(recorder.last("purif.analyser.o2")).isLessThan(before * 0.9 + 0.1);
  }

  @ParameterizedTest
  @CsvSource({"-10, -10", "-11, -11", "-12, -12"})
  void shouldShowTheErrorCodesOfAPurityMonitor(String code, double status) {
    // Given
    Recorder recorder = new Recorder(45);
    double neighbour = recorder.hours(1).last("purif.prm3.lifetime");
    // When
    recorder.say("F21 start channel=purif.prm2.lifetime code=" + code).hours(1);
    // Then
    assertThat(recorder.last("purif.prm2.status")).isEqualTo(status);
    assertThat(recorder.alarms.get("purif.prm2.lifetime").severity()).isEqualTo(Severity.INVALID);
    assertThat(recorder.last("purif.prm3.lifetime")).isCloseTo(neighbour, within(0.4));
    recorder.say("F21 clear channel=purif.prm2.lifetime").hours(1);
    assertThat(recorder.last("purif.prm2.status")).isZero();
  }

  @Test
  void shouldTripAWornPumpAndRunAgainAfterAnExchange() {
    // Given
    Recorder recorder = new Recorder(46);
    double quiet = recorder.hours(0.5).mean("purif.pump-a.bearing-band");
    recorder.say("F5 start mode=bearing pace=2000").hours(2);
    assertThat(recorder.last("purif.pump-a.speed")).isZero();
    assertThat(recorder.put("purif.pump-a.service", 1)).isInstanceOf(PutResult.Refused.class);
    // When
    recorder.put("purif.pump-a.enable", 0);
    recorder.put("purif.pump-b.enable", 1);
    recorder.put("purif.pump-a.service", 1);
    recorder.hours(4);
    // Then
    assertThat(recorder.alarms).containsKeys("purif.pump-a.bearing-band", "purif.pump-a.vibration");
    assertThat(recorder.last("purif.flow")).isGreaterThan(1.5);
    assertThat(recorder.put("purif.pump-a.enable", 1)).isInstanceOf(PutResult.Refused.class);
    recorder.hours(5);
    assertThat(recorder.last("purif.pump-a.service")).isZero();
    recorder.put("purif.pump-b.enable", 0);
    recorder.put("purif.pump-a.enable", 1);
    recorder.hours(0.1).hours(0.5);
    assertThat(recorder.mean("purif.pump-a.bearing-band")).isCloseTo(quiet, within(0.005));
    assertThat(recorder.simulator.truth()).isEmpty();
  }
}
