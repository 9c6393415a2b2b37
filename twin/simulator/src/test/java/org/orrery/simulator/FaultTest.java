package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs, sizes, delays and useful zeros of each fault, as the fault catalogue states them. */
class FaultTest {

  @Test
  void shouldShowAStreamerInCurrentAndGroundPlaneOnly() {
    // Given
    Recorder recorder = new Recorder(5);
    recorder.hours(1);
    double current = recorder.mean("hv.cathode.current");
    double anode = recorder.mean("mon.dqdx.anode");
    double noise = recorder.mean("mon.enc.u");
    double dark = recorder.mean("pds.ch01.dark-rate");
    double pickOff = recorder.mean("hv.chain.c1");
    // When
    recorder.say("F1 start severity=0.5").seconds(120).hours(0.5);
    // Then
    assertThat(recorder.mean("hv.cathode.current") / current).isBetween(1.05, 1.16);
    assertThat(recorder.mean("hv.groundplane.gp06")).isGreaterThan(3_000);
    assertThat(recorder.mean("hv.beamplug.current")).isBetween(100.0, 1_500.0);
    assertThat(recorder.mean("hv.groundplane.gp01")).isLessThan(2);
    assertThat(recorder.mean("hv.cathode.voltage")).isCloseTo(-180, within(0.1));
    assertThat(recorder.mean("hv.chain.c1") / pickOff).isBetween(0.999, 1.0);
    assertThat(recorder.mean("mon.dqdx.anode") / anode).isCloseTo(1, within(0.004));
    assertThat(recorder.mean("mon.enc.u") / noise).isCloseTo(1, within(0.02));
    assertThat(recorder.mean("pds.ch01.dark-rate") / dark).isCloseTo(1, within(0.02));
    assertThat(recorder.simulator.truth()).hasSize(1);
  }

  @Test
  void shouldQuenchAStreamerByLoweringTheVoltage() {
    // Given
    Recorder recorder = new Recorder(5);
    recorder.say("F1 start").hours(0.2);
    // When
    recorder.put("hv.cathode.ramp-set", 120);
    recorder.put("hv.cathode.voltage-set", -150);
    recorder.hours(0.15);
    recorder.put("hv.cathode.voltage-set", -180);
    // Then
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.hours(0.3).last("hv.groundplane.gp06")).isLessThan(2);
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(1);
  }

  @Test
  void shouldEndAStreamerByItselfWithinTwelveHours() {
    // Given
    Recorder recorder = new Recorder(5);
    // When
    recorder.say("F1 start").hours(5.9);
    // Then
    assertThat(recorder.simulator.truth()).hasSize(1);
    recorder.hours(6.2);
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Test
  void shouldTripAndNeedAResetBeforeRampingBack() {
    // Given
    Recorder recorder = new Recorder(6);
    recorder.hours(1);
    double gauge = recorder.mean("cryo.pressure.gauge");
    double light = recorder.mean("mon.light.yield");
    double triggers = recorder.mean("daq.trigger.rate");
    // When
    recorder.say("F4 start").seconds(90).seconds(60);
    // Then
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(3);
    assertThat(recorder.last("hv.cathode.voltage")).isCloseTo(0, within(0.05));
    assertThat(recorder.last("hv.cathode.current")).isCloseTo(0, within(0.5));
    assertThat(recorder.mean("mon.light.yield") / light).isGreaterThan(1.8);
    assertThat(recorder.mean("daq.trigger.rate") / triggers).isGreaterThan(1.3);
    assertThat(recorder.mean("cryo.pressure.gauge")).isCloseTo(gauge, within(0.6));
    assertThat(recorder.last("daq.mode")).isEqualTo(2);
    assertThat(recorder.alarms.get("mon.dqdx.anode").severity()).isEqualTo(Severity.INVALID);
    assertThat(recorder.put("hv.cathode.enable", 1)).isInstanceOf(PutResult.Refused.class);
    recorder.put("hv.cathode.reset", 1);
    recorder.seconds(2);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.put("hv.cathode.enable", 1)).isEqualTo(new PutResult.Accepted());
    recorder.put("hv.cathode.ramp-set", 100);
    assertThat(recorder.seconds(60).last("hv.cathode.state")).isEqualTo(2);
    assertThat(recorder.seconds(1_800).last("hv.cathode.state")).isEqualTo(1);
    assertThat(recorder.last("hv.cathode.reset")).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12})
  void shouldLoseLifetimeSlowlyWhenThePumpStops(long seed) {
    // Given
    Recorder recorder = new Recorder(seed);
    recorder.hours(24);
    double lifetime = recorder.mean("purif.prm2.lifetime");
    double valve = recorder.mean("cryo.condenser.valve-command");
    double nitrogen = recorder.mean("cryo.ln2.flow");
    double anode = recorder.mean("mon.dqdx.anode");
    double cathode = recorder.mean("mon.dqdx.cathode");
    double light = recorder.mean("mon.light.yield");
    double gradient = recorder.mean("cryo.rtd.t01") - recorder.mean("cryo.rtd.t40");
    // When
    recorder.say("F5 start").seconds(60);
    // Then
    assertThat(recorder.last("purif.flow")).isCloseTo(0, within(0.05));
    assertThat(recorder.last("purif.pump-a.current")).isCloseTo(0, within(0.1));
    assertThat(recorder.last("purif.pump-a.speed")).isCloseTo(0, within(0.1));
    assertThat(recorder.last("purif.pump-a.enable")).isEqualTo(1);
    recorder.hours(1);
    assertThat(recorder.last("cryo.condenser.valve-command")).isLessThan(valve - 5);
    recorder.hours(21).hours(4);
    double turnOverHours = 720_000 / 1.67 / 3600;
    double expected = lifetime / (1 + 24 / turnOverHours);
    assertThat(recorder.mean("purif.prm2.lifetime") / expected).isCloseTo(1, within(0.04));
    assertThat(recorder.mean("cryo.ln2.flow")).isLessThan(nitrogen - 3);
    assertThat(recorder.mean("mon.dqdx.anode") / anode).isCloseTo(1, within(0.01));
    assertThat(recorder.mean("mon.dqdx.cathode") / cathode).isBetween(0.91, 0.98);
    assertThat(recorder.mean("mon.light.yield") / light).isCloseTo(1, within(0.015));
    assertThat(recorder.mean("cryo.rtd.t01") - recorder.mean("cryo.rtd.t40"))
        .isGreaterThan(gradient);
  }

  @Test
  void shouldRestoreTheFlowWithTheStandbyPump() {
    // Given
    Recorder recorder = new Recorder(11);
    recorder.say("F5 start").hours(0.5);
    // When
    PutResult restart = recorder.put("purif.pump-a.enable", 1);
    // Then
    assertThat(restart).isEqualTo(new PutResult.Refused("pump A: motor contactor open"));
    assertThat(recorder.put("purif.pump-a.enable", 0)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.put("purif.pump-b.enable", 1)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.seconds(8).last("purif.flow")).isLessThan(1.2);
    assertThat(recorder.seconds(30).last("purif.flow")).isBetween(1.58, 1.76);
    recorder.say("F5 clear");
    assertThat(recorder.seconds(60).last("purif.pump-a.speed")).isCloseTo(0, within(0.1));
    assertThat(recorder.put("purif.pump-a.enable", 1)).isEqualTo(new PutResult.Accepted());
  }

  @Test
  void shouldSaturateTheLoopWhenNitrogenIsLost() {
    // Given
    Recorder recorder = new Recorder(13);
    recorder.hours(6);
    double lifetime = recorder.last("purif.prm2.lifetime");
    // When
    recorder.say("F8 start").hours(1);
    // Then
    assertThat(recorder.last("cryo.condenser.valve-command")).isEqualTo(100);
    assertThat(recorder.last("cryo.ln2.flow")).isCloseTo(0, within(1.5));
    assertThat(recorder.last("cryo.ln2.level")).isLessThan(5);
    assertThat(recorder.last("purif.flow")).isGreaterThan(1.5);
    double pressure = recorder.last("cryo.pressure.absolute");
    double kelvin = recorder.last("cryo.rtd.t20");
    recorder.hours(4);
    assertThat((recorder.last("cryo.pressure.absolute") - pressure) / 4)
        .isCloseTo(4.2, within(0.4));
    assertThat((recorder.last("cryo.rtd.t20") - kelvin) / 4).isCloseTo(0.036, within(0.006));
    assertThat(recorder.last("purif.prm2.lifetime")).isCloseTo(lifetime, within(0.3));
    recorder.say("F8 clear").hours(48);
    assertThat(recorder.last("cryo.pressure.gauge")).isCloseTo(140, within(1.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"F10 start", "F10 start severity=-1"})
  void shouldPassAWeatherFrontOnToTheAbsolutePressureWithoutAlarm(String line) {
    // Given
    Recorder recorder = new Recorder(14);
    recorder.hours(6);
    double absolute = recorder.mean("cryo.pressure.absolute");
    double gauge = recorder.mean("cryo.pressure.gauge");
    double barometer = recorder.mean("env.barometer");
    double drift = recorder.mean("mon.crosser.drift-time");
    // When
    recorder.say(line).hours(18).hours(4);
    // Then
    double step = recorder.mean("env.barometer") - barometer;
    double moved = recorder.mean("mon.crosser.drift-time") / drift - 1;
    assertThat(Math.abs(step)).isBetween(14.0, 26.0);
    assertThat(recorder.mean("cryo.pressure.absolute") - absolute).isCloseTo(step, within(1.5));
    assertThat(recorder.mean("cryo.pressure.gauge")).isCloseTo(gauge, within(1.0));
    assertThat(moved / step * 20).isCloseTo(0.003, within(0.0015));
    assertThat(recorder.alarms).isEmpty();
  }

  @Test
  void shouldShowASupplyLeakWithoutGroundPlanes() {
    // Given
    Recorder recorder = new Recorder(16);
    recorder.hours(0.5);
    double current = recorder.mean("hv.cathode.current");
    double pickOff = recorder.mean("hv.chain.c2");
    double induction = recorder.mean("mon.enc.u");
    // When
    recorder.say("F3 start").seconds(120).hours(0.5);
    // Then
    assertThat(recorder.mean("hv.cathode.current") / current).isBetween(1.05, 1.15);
    assertThat(recorder.mean("hv.groundplane.gp06")).isLessThan(1);
    assertThat(recorder.mean("hv.chain.c2")).isCloseTo(pickOff, within(0.01));
    assertThat(recorder.mean("mon.enc.u") / induction).isGreaterThan(1.03);
  }

  @Test
  void shouldSaturateAFilterFirstBehindItAndThenInTheBulk() {
    // Given
    Recorder recorder = new Recorder(17);
    recorder.hours(3);
    double bulk = recorder.last("purif.prm2.lifetime");
    double dp = recorder.mean("purif.filter-a.dp");
    // When
    recorder.say("F6 start").hours(1.6);
    // Then
    assertThat(recorder.last("purif.prm-inline.lifetime")).isLessThan(bulk * 1.15);
    assertThat(recorder.last("purif.prm2.lifetime")).isCloseTo(bulk, within(0.3));
    assertThat(recorder.mean("purif.filter-a.dp")).isCloseTo(dp, within(2.0));
    recorder.hours(24);
    assertThat(recorder.last("purif.prm2.lifetime")).isLessThan(bulk * 0.88);
    recorder.put("purif.filter.select", 1);
    recorder.hours(1);
    assertThat(recorder.last("purif.prm-inline.lifetime")).isGreaterThan(bulk * 1.4);
  }

  @Test
  void shouldLeaveTheValveBehindItsCommandWhenItSticks() {
    // Given
    Recorder recorder = new Recorder(18);
    recorder.hours(2);
    recorder.say("F9 start");
    double position = recorder.seconds(60).mean("cryo.condenser.valve-position");
    // When
    recorder.put("purif.pump-a.enable", 0);
    recorder.hours(6);
    // Then
    assertThat(recorder.last("cryo.condenser.valve-position")).isCloseTo(position, within(1.0));
    assertThat(recorder.last("cryo.condenser.valve-command")).isLessThan(position - 10);
  }

  @Test
  void shouldStopTheStandbyPumpToo() {
    // Given
    Recorder recorder = new Recorder(19);
    recorder.put("purif.pump-a.enable", 0);
    recorder.put("purif.pump-b.enable", 1);
    recorder.seconds(60);
    // When
    recorder.say("F5 start pump=b").seconds(60);
    // Then
    assertThat(recorder.last("purif.flow")).isCloseTo(0, within(0.05));
    assertThat(recorder.simulator.truth().getFirst().cause()).contains("pump B");
    assertThat(recorder.put("purif.pump-a.enable", 1)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.seconds(60).last("purif.flow")).isGreaterThan(1.5);
  }
}
