package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cryostat faults: signs, order, remedies, and what a wrong action does. */
class CryostatFaultTest {

  @ParameterizedTest
  @ValueSource(strings = {"F8 start", "F9 start", "F9 start mode=sticky", "F11 start", "F12 start"})
  void shouldMoveWhatTheTruthSaysAndNothingElse(String line) {
    // Given
    TruthCheck check = new TruthCheck(31).hours(1);
    // When / Then
    assertThat(check.failures(line)).isEmpty();
  }

  @Test
  void shouldLiveOnTheReserveOfNitrogenForTwoDays() {
    // Given
    Recorder recorder = new Recorder(32);
    recorder.hours(1).say("F8 start").hours(2);
    double lost = recorder.last("cryo.pressure.gauge");
    // When
    recorder.put("cryo.ln2.source", 1);
    recorder.hours(6);
    // Then
    assertThat(lost).isGreaterThan(147);
    assertThat(recorder.last("cryo.pressure.gauge")).isCloseTo(140, within(1.0));
    assertThat(recorder.last("cryo.ln2.reserve-level")).isBetween(75.0, 92.0);
    assertThat(recorder.hours(30).last("cryo.pressure.gauge")).isCloseTo(140, within(1.0));
    assertThat(recorder.hours(30).last("cryo.pressure.gauge")).isGreaterThan(147);
  }

  @Test
  void shouldActOnThePressureInThePublishedOrder() {
    // Given
    Recorder recorder = new Recorder(33);
    recorder.hours(1).say("F8 start");
    double level = recorder.last("cryo.level.capacitive");
    // When
    int raised = hoursUntil(recorder, 3);
    double flow = recorder.last("purif.flow");
    int stopped = hoursUntil(recorder, 4);
    recorder.hours(0.1);
    // Then
    assertThat(raised).isBetween(12, 22);
    assertThat(stopped).isBetween(2, 6);
    assertThat(hoursUntil(recorder, 5)).isBetween(2, 8);
    assertThat(flow).isGreaterThan(1.5);
    assertThat(recorder.last("purif.flow")).isCloseTo(0, within(0.05));
    assertThat(recorder.put("purif.pump-a.enable", 1)).isInstanceOf(PutResult.Refused.class);
    recorder.hours(24);
    assertThat(recorder.last("cryo.executive.action")).isEqualTo(5);
    assertThat(recorder.last("cryo.vent.flow")).isGreaterThan(25);
    assertThat(recorder.last("cryo.pressure.gauge")).isBetween(245.0, 262.0);
    double high = recorder.last("cryo.level.capacitive");
    assertThat(recorder.hours(24).last("cryo.level.capacitive")).isLessThan(high - 15);
    assertThat(high).isGreaterThan(level);
  }

  private static int hoursUntil(Recorder recorder, int action) {
    int hours = 0;
    while (recorder.last("cryo.executive.action") < action && hours < 48) {
      recorder.hours(1);
      hours++;
    }
    return hours;
  }

  @Test
  void shouldOpenTheReliefValveBehindABlockedVent() {
    // Given
    Recorder recorder = new Recorder(34);
    // When
    recorder.say("F8 start vent-blocked=1").hours(72);
    // Then
    assertThat(recorder.alarms).containsKey("cryo.relief.flow");
    assertThat(recorder.last("cryo.vent.flow")).isLessThan(1);
    assertThat(recorder.last("cryo.pressure.gauge")).isBetween(320.0, 380.0);
  }

  @Test
  void shouldLetGoOfAStuckValveWhileTheLoopIsOnManual() {
    // Given
    Recorder recorder = new Recorder(39);
    recorder.hours(2).say("F9 start");
    recorder.put("purif.pump-a.enable", 0);
    double low = recorder.hours(8).last("cryo.pressure.gauge");
    // When
    recorder.put("cryo.condenser.mode", 1);
    recorder.hours(1.1);
    recorder.put("cryo.condenser.mode", 0);
    recorder.hours(8);
    // Then
    assertThat(low).isLessThan(136);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.last("cryo.pressure.gauge")).isCloseTo(140, within(1.5));
  }

  @Test
  void shouldCycleUnderAStickyValveUntilTheLoopIsOnManual() {
    // Given
    Recorder recorder = new Recorder(35);
    double calm = spread(recorder.hours(3), "cryo.pressure.gauge");
    // When
    recorder.say("F9 start mode=sticky").hours(6);
    // Then
    double cycling = spread(recorder, "cryo.pressure.gauge");
    assertThat(cycling).isGreaterThan(2 * calm);
    recorder.put("cryo.condenser.mode", 1);
    double before = recorder.hours(0.1).last("cryo.condenser.valve-position");
    assertThat(recorder.hours(4).last("cryo.condenser.valve-position"))
        .isCloseTo(before, within(0.8));
  }

  private static double spread(Recorder recorder, String channel) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 120; i++) {
      double mean = recorder.seconds(120).mean(channel);
      least = Math.min(least, mean);
      most = Math.max(most, mean);
    }
    return most - least;
  }

  @Test
  void shouldLoseTenMillimetresPerTonneAndThenTheHighVoltage() {
    // Given
    Recorder recorder = new Recorder(36);
    recorder.hours(2);
    double capacitive = recorder.mean("cryo.level.capacitive");
    double ullage = recorder.mean("cryo.ullage.t4");
    // When
    recorder.say("F11 start").hours(48.5);
    // Then
    double tonnes = 0.025 * 3.6 * 48;
    double perTonne = 1e3 / (1.392 * 72.25);
    assertThat(recorder.last("cryo.level.capacitive") - capacitive)
        .isCloseTo(-tonnes * perTonne, within(6.0));
    assertThat(recorder.last("interlock.hv-level")).isZero();
    recorder.hours(96);
    assertThat(recorder.last("interlock.hv-level")).isEqualTo(1);
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(3);
    assertThat(recorder.last("cryo.ullage.t4")).isGreaterThan(ullage + 2);
    assertThat(recorder.put("hv.cathode.reset", 1)).isInstanceOf(PutResult.Refused.class);
    assertThat(recorder.last("cryo.pressure.gauge")).isCloseTo(140, within(1.0));
  }

  @Test
  void shouldRecoverTheLevelByATopUpThatEndsByItself() {
    // Given
    Recorder recorder = new Recorder(36);
    recorder.say("F11 start").hours(50);
    // When
    PutResult result = recorder.put("cryo.topup.valve", 1);
    // Then
    assertThat(result).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.hours(1).last("cryo.topup.flow")).isCloseTo(0.5, within(0.02));
    recorder.hours(8);
    assertThat(recorder.last("cryo.level.capacitive")).isCloseTo(7_200, within(8.0));
    assertThat(recorder.last("cryo.topup.valve")).isZero();
    assertThat(recorder.put("cryo.topup.valve", 1)).isInstanceOf(PutResult.Refused.class);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.last("purif.prm2.lifetime")).isGreaterThan(7);
  }

  @Test
  void shouldLoseLessLifetimeWhenABadDeliveryIsStoppedEarly() {
    // Given
    Recorder stopped = new Recorder(37);
    Recorder filled = new Recorder(37);
    stopped.hours(1).say("F12 start").hours(0.25);
    filled.hours(1).say("F12 start").hours(0.25);
    // When
    stopped.put("cryo.topup.valve", 0);
    stopped.hours(3);
    filled.hours(3);
    // Then
    assertThat(filled.last("purif.prm2.lifetime")).isLessThan(4);
    assertThat(stopped.last("purif.prm2.lifetime"))
        .isGreaterThan(filled.last("purif.prm2.lifetime") + 1.5);
    assertThat(stopped.last("cryo.level.capacitive"))
        .isLessThan(filled.last("cryo.level.capacitive") - 10);
    double bad = filled.last("purif.prm2.lifetime");
    assertThat(filled.hours(120).last("purif.prm2.lifetime")).isBetween(bad * 1.3, bad * 2.2);
  }

  @Test
  void shouldTellALyingLevelGaugeFromALevel() {
    // Given
    Recorder recorder = new Recorder(38);
    recorder.hours(0.2);
    double dp = recorder.mean("cryo.level.dp");
    double capacitive = recorder.mean("cryo.level.capacitive");
    // When
    recorder.say("F21 start channel=cryo.level.capacitive drift=-20/h").hours(2).hours(0.2);
    // Then
    assertThat(recorder.mean("cryo.level.capacitive")).isLessThan(capacitive - 35);
    assertThat(recorder.mean("cryo.level.dp")).isCloseTo(dp, within(2.0));
    assertThat(recorder.last("interlock.hv-level")).isZero();
  }
}
