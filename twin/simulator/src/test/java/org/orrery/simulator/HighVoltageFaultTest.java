package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the high voltage beyond their truth: sizes, order, remedies. */
class HighVoltageFaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F1 start course=gradual",
        "F1 start plane=9 severity=1 ramp=0",
        "F2 start",
        "F2 start ramp=300",
        "F2 start rate=2000",
        "F3 start severity=0.3",
        "F4 start",
        "F23 start",
        "F23 start chain=3 change=-0.1",
        "F23 start chain=2 open",
        "F24 start",
        "F24 start severity=1 ramp=0"
      })
  void shouldMoveWhatItsTruthSays(String line) {
    // Given
    TruthCheck check = new TruthCheck(41).hours(1);
    // When
    var failures = check.failures(line);
    // Then
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldShowADischargeForOneReadingAndBiasNothing() {
    // Given
    Recorder recorder = new Recorder(42);
    recorder.hours(1);
    double anode = recorder.mean("mon.dqdx.anode");
    double drift = recorder.mean("mon.crosser.drift-time");
    double light = recorder.mean("mon.light.yield");
    // When
    recorder.say("F2 start").seconds(3);
    double groundPlane = recorder.mean("hv.groundplane.gp06");
    // Then
    assertThat(groundPlane).isGreaterThan(30);
    assertThat(recorder.last("hv.groundplane.gp06")).isLessThan(1);
    assertThat(recorder.last("hv.toroid.downstream")).isGreaterThanOrEqualTo(1);
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(1);
    recorder.seconds(10);
    assertThat(recorder.last("mon.baseline.u")).isGreaterThan(100);
    assertThat(recorder.last("daq.trigger.rate")).isGreaterThan(38);
    assertThat(recorder.last("mon.saturation.u")).isGreaterThan(10);
    assertThat(recorder.last("hv.toroid.last-pulse")).isGreaterThan(40);
    recorder.seconds(300);
    assertThat(recorder.last("mon.baseline.u")).isLessThan(2);
    assertThat(recorder.last("daq.trigger.rate")).isLessThan(30);
    recorder.hours(0.5);
    assertThat(recorder.mean("mon.dqdx.anode") / anode).isCloseTo(1, within(0.002));
    assertThat(recorder.mean("mon.crosser.drift-time") / drift).isCloseTo(1, within(0.0005));
    assertThat(recorder.mean("mon.light.yield") / light).isCloseTo(1, within(0.005));
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Test
  void shouldReverseThePolarityForALeakingSupplyAndEndWithTheSwap() {
    // Given
    Recorder recorder = new Recorder(43);
    recorder.hours(1);
    recorder.say("F3 start").hours(2);
    assertThat(recorder.last("hv.toroid.upstream")).isGreaterThan(15);
    assertThat(recorder.last("hv.toroid.last-pulse")).isLessThan(-20);
    assertThat(recorder.put("hv.supply.unit", 1)).isInstanceOf(PutResult.Refused.class);
    // When
    recorder.put("hv.cathode.ramp-set", 120);
    recorder.put("hv.cathode.enable", 0);
    recorder.hours(0.5);
    assertThat(recorder.put("hv.supply.unit", 1)).isEqualTo(new PutResult.Accepted());
    recorder.hours(0.1);
    recorder.put("hv.cathode.enable", 1);
    recorder.hours(0.5).hours(0.2);
    // Then
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.last("hv.supply.unit")).isEqualTo(1);
    assertThat(recorder.mean("hv.cathode.current")).isBetween(95.0, 103.0);
    assertThat(recorder.mean("hv.cathode.ripple")).isLessThan(0.25);
  }

  @ParameterizedTest
  @CsvSource({"open, 0.75, 0.0", "change=0.1, 0.977, 0.91", "change=-0.1, 1.028, 1.11"})
  void shouldStepTheCurrentForGoodWhenAResistorFails(String how, double current, double pickOff) {
    // Given
    Recorder recorder = new Recorder(44);
    recorder.hours(0.5);
    double before = recorder.mean("hv.cathode.current");
    double before2 = recorder.mean("hv.chain.c2");
    double before3 = recorder.mean("hv.chain.c3");
    double strip = recorder.mean("hv.laststrip.voltage");
    // When
    recorder.say("F23 start chain=2 " + how).seconds(10).hours(12);
    // Then
    assertThat(recorder.mean("hv.cathode.current") / before).isCloseTo(current, within(0.004));
    assertThat(recorder.mean("hv.laststrip.voltage") / strip).isCloseTo(current, within(0.004));
    assertThat(recorder.mean("hv.chain.c2") / before2).isCloseTo(pickOff, within(0.01));
    assertThat(recorder.mean("hv.chain.c3") / before3).isCloseTo(1, within(0.001));
    assertThat(recorder.mean("mon.crosser.residual")).isGreaterThan(5);
  }

  @Test
  void shouldQuenchAStreamerByItselfWithinFourMinutesWhereAllowed() {
    // Given
    Recorder recorder = new Recorder(45);
    recorder.put("hv.quench.auto", 1);
    recorder.say("F1 start ramp=0").seconds(59);
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(1);
    assertThat(recorder.seconds(3).last("hv.cathode.state")).isEqualTo(2);
    // When
    recorder.seconds(240);
    // Then
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(1);
    assertThat(recorder.last("hv.cathode.voltage")).isCloseTo(-180, within(0.1));
    assertThat(recorder.last("hv.quench.count")).isEqualTo(1);
    assertThat(recorder.last("hv.groundplane.gp06")).isLessThan(1);
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Test
  void shouldNotRampForALeakBeforeTheFilter() {
    // Given
    Recorder recorder = new Recorder(46);
    recorder.put("hv.quench.auto", 1);
    // When
    recorder.say("F3 start severity=1").hours(1);
    // Then
    assertThat(recorder.last("hv.quench.count")).isZero();
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(1);
  }

  @Test
  void shouldShowRippleMoreOnInductionThanOnCollection() {
    // Given
    Recorder recorder = new Recorder(47);
    recorder.hours(1);
    double induction = recorder.mean("mon.enc.u");
    double collection = recorder.mean("mon.enc.x");
    double voltage = recorder.mean("hv.cathode.voltage");
    // When
    recorder.say("F24 start severity=1 ramp=0").hours(1);
    // Then
    double more = recorder.mean("mon.enc.u") - induction;
    assertThat(more).isGreaterThan(80);
    assertThat(recorder.mean("mon.enc.x") - collection).isBetween(5.0, 0.5 * more);
    assertThat(recorder.mean("hv.cathode.voltage")).isCloseTo(voltage, within(0.001));
    assertThat(recorder.mean("hv.cathode.ripple")).isCloseTo(4, within(0.05));
  }
}
