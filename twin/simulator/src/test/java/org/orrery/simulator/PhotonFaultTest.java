package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotonFaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F20 start",
        "F20 start detector=3",
        "F20 start severity=1 ramp=600",
        "F20 start course=oscillation",
        "F20 start detector=12 course=oscillation period=900"
      })
  void shouldMoveWhatItsTruthSays(String line) {
    // Given
    TruthCheck check = new TruthCheck(51).hours(1);
    // When
    var failures = check.failures(line);
    // Then
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldComeBackWhenTheBiasIsSetAgain() {
    // Given
    Recorder recorder = new Recorder(52);
    recorder.hours(1);
    double gain = recorder.mean("pds.ch05.gain");
    double set = recorder.last("pds.ch05.bias-set");
    recorder.say("F20 start detector=5 ramp=0").hours(0.5);
    assertThat(recorder.mean("pds.ch05.gain") / gain).isCloseTo(0.67, within(0.03));
    // When
    recorder.put("pds.ch05.bias-set", set + 1.0);
    recorder.hours(0.5);
    // Then
    assertThat(recorder.mean("pds.ch05.gain") / gain).isCloseTo(1, within(0.01));
    recorder.say("F20 clear detector=5");
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Test
  void shouldGoDarkWhileParkedAndLeaveTheChargeAlone() {
    // Given
    Recorder recorder = new Recorder(53);
    recorder.hours(1);
    double anode = recorder.mean("mon.dqdx.anode");
    double light = recorder.mean("mon.light.yield");
    // When
    recorder.put("pds.parking", 1);
    recorder.hours(0.2).hours(0.3);
    // Then
    assertThat(recorder.mean("pds.ch01.gain")).isCloseTo(0, within(0.02));
    assertThat(recorder.mean("pds.ch01.dark-rate")).isLessThan(5);
    assertThat(recorder.mean("pds.ch01.bias-volts")).isBetween(39.0, 41.0);
    assertThat(recorder.mean("mon.light.yield")).isLessThan(1);
    assertThat(recorder.mean("daq.trigger.rate")).isLessThan(1);
    assertThat(recorder.mean("mon.dqdx.anode")).isCloseTo(anode, within(0.3));
    recorder.put("pds.parking", 0);
    recorder.hours(0.2).hours(0.5);
    assertThat(recorder.mean("mon.light.yield") / light).isCloseTo(1, within(0.01));
  }
}
