package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Droop and shorts of the wire bias. */
class WireBiasFaultTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F19 start",
        "F19 start plane=u",
        "F19 start plane=g",
        "F19 start kind=wire",
        "F19 start kind=wire plane=g wires=3",
        "F19 start kind=group plane=u group=20"
      })
  void shouldFindEveryFaultAsItsTruthSays(String line) {
    // Given
    TruthCheck check = new TruthCheck(31).hours(1);
    // When
    var failures = check.failures(line);
    // Then
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldDrawThePublishedCurrentThroughAShortedWire() {
    // Given
    Recorder recorder = new Recorder(51);
    double usual = recorder.hours(0.1).mean("fe.wirebias.x.group-low");
    // When
    recorder.say("F19 start kind=wire group=7").seconds(60);
    // Then
    assertThat(recorder.last("fe.wirebias.x.amps")).isCloseTo(15.7e-6, within(0.3e-6));
    assertThat(usual - recorder.last("fe.wirebias.x.group-low")).isCloseTo(35, within(1.0));
  }

  @Test
  void shouldShowAShortBehindTheBiasResistorInTheCurrentAndTheGroup() {
    // Given
    Recorder recorder = new Recorder(51);
    // When
    recorder.say("F19 start kind=group group=7").seconds(180);
    // Then
    assertThat(recorder.last("fe.wirebias.x.amps")).isCloseTo(0.37e-3, within(0.01e-3));
    assertThat(recorder.last("fe.wirebias.x.group-low")).isCloseTo(0, within(1.0));
    assertThat(recorder.last("mon.amplitude.x")).isBetween(91.0, 98.0);
  }

  @Test
  void shouldBeRidOfAShortByDisconnectingItsGroupOnly() {
    // Given
    Recorder recorder = new Recorder(52);
    recorder.say("F19 start kind=wire group=7").seconds(60);
    // When
    recorder.put("fe.wirebias.x.supply", 1);
    recorder.put("fe.wirebias.x.isolated", 6);
    // Then
    assertThat(recorder.seconds(60).last("fe.wirebias.x.amps")).isGreaterThan(1.5e-5);
    recorder.put("fe.wirebias.x.isolated", 7);
    assertThat(recorder.seconds(60).last("fe.wirebias.x.amps")).isLessThan(1e-6);
    assertThat(recorder.last("fe.wirebias.x.group-low")).isCloseTo(820, within(1.0));
  }

  @Test
  void shouldGetItsChargeBackFromTheSpareSupply() {
    // Given
    Recorder recorder = new Recorder(53);
    double charge = recorder.hours(0.5).mean("mon.dqdx.anode");
    double noise = recorder.mean("mon.enc.x");
    recorder.say("F19 start").hours(0.5);
    double fallen = recorder.last("mon.dqdx.anode");
    // When
    recorder.put("purif.filter.select", 1);
    // Then
    assertThat(fallen).isLessThan(0.9 * charge);
    assertThat(recorder.hours(0.5).last("mon.dqdx.anode")).isCloseTo(fallen, within(1.0));
    assertThat(recorder.mean("mon.enc.x")).isCloseTo(noise, within(5.0));
    recorder.put("fe.wirebias.x.supply", 1);
    assertThat(recorder.seconds(180).last("mon.dqdx.anode")).isCloseTo(charge, within(1.0));
    assertThat(recorder.last("mon.amplitude.v")).isCloseTo(100, within(3.0));
  }

  @Test
  void shouldNotLetThePlaneAtZeroVoltsDroop() {
    // Given
    Recorder recorder = new Recorder(1);
    // When
    CommandReply reply = recorder.simulator.command("F19 start plane=v");
    // Then
    assertThat(reply.done()).isFalse();
    assertThat(reply.text()).contains("0 V");
  }
}
