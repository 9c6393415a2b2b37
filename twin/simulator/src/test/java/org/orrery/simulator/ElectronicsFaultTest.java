package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boards and what shakes them: signs, useful zeros, what helps and what does not. */
class ElectronicsFaultTest {
  private static final String CYCLE = "fe.asic-cycle";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F13 start",
        "F13 start board=7 rail=coldata",
        "F13 start board=30 rail=larasic kind=dead",
        "F13 start board=2 rail=bias",
        "F14 start",
        "F15 start",
        "F16 start",
        "F17 start",
        "F17 start board=4 wires=40",
        "F18 start"
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
  void shouldReleaseALatchedRailByACycleOfItsSwitchOnly() {
    // Given
    Recorder recorder = new Recorder(41);
    double noise = recorder.hours(0.2).mean("fe.femb07.noise");
    double floor = recorder.mean("fe.femb07.adc-floor");
    recorder.say("F13 start board=7 rail=coldata").seconds(60);
    assertThat(recorder.last("fe.femb07.noise")).isCloseTo(floor, within(20.0));
    // When
    recorder.put(CYCLE, 1);
    recorder.put("fe.femb07.power", 1);
    // Then
    assertThat(recorder.seconds(90).last("fe.femb07.link")).isZero();
    recorder.put("fe.femb07.power", 0);
    assertThat(recorder.put("fe.femb07.power", 1))
        .isEqualTo(new PutResult.Refused("board 7: rails still discharging"));
    recorder.seconds(5);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.put("fe.femb07.power", 1)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.seconds(8).last("fe.femb07.link")).isZero();
    assertThat(recorder.seconds(40).last("fe.femb07.link")).isEqualTo(1);
    assertThat(recorder.last("fe.femb07.link-errors")).isGreaterThan(50);
    assertThat(recorder.last("fe.femb07.noise")).isCloseTo(noise, within(30.0));
    assertThat(recorder.seconds(1_200).last("fe.femb07.link-errors")).isLessThan(1);
  }

  @Test
  void shouldNotReviveADeadRail() {
    // Given
    Recorder recorder = new Recorder(41);
    recorder.say("F13 start board=7 kind=dead").seconds(60);
    // When
    recorder.put("fe.femb07.power", 0);
    recorder.seconds(10);
    recorder.put("fe.femb07.power", 1);
    // Then
    assertThat(recorder.seconds(120).last("fe.femb07.link")).isZero();
    assertThat(recorder.last("fe.dead-channels")).isGreaterThan(127);
  }

  @Test
  void shouldEndAnEpisodeOfNoiseByCyclingAllChips() {
    // Given
    Recorder recorder = new Recorder(42);
    double noise = recorder.hours(0.5).mean("mon.enc.x");
    double amps = recorder.mean("fe.lv.amps");
    recorder.say("F14 start").hours(0.2);
    assertThat(recorder.last("mon.enc.x") / noise).isGreaterThan(1.5);
    assertThat(recorder.last("fe.lv.amps")).isLessThan(amps - 0.8);
    // When
    recorder.put("fe.femb03.power", 0);
    recorder.seconds(10);
    recorder.put("fe.femb03.power", 1);
    recorder.seconds(120);
    // Then
    assertThat(recorder.last("mon.enc.x") / noise).isGreaterThan(1.5);
    recorder.put(CYCLE, 1);
    assertThat(recorder.seconds(90).last("mon.enc.x")).isCloseTo(noise, within(15.0));
    assertThat(recorder.last("fe.lv.amps")).isCloseTo(amps, within(0.2));
    assertThat(recorder.last(CYCLE)).isZero();
  }

  @Test
  void shouldEnterTheNoisyStateForAnHourEveryFewHours() {
    // Given
    Recorder recorder = new Recorder(42);
    recorder.say("F14 start");
    int noisy = 0;
    // When
    for (int i = 0; i < 13 * 6; i++) {
      noisy += recorder.hours(1.0 / 6.0).last("mon.spectrum.650khz") > 60 ? 1 : 0;
    }
    // Then
    assertThat(noisy).isBetween(2 * 6, 5 * 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "F15 start, fe.lv.return, fe.lv.filter, mon.coherent.g128",
        "F16 start, fe.lv.filter, fe.lv.return, mon.coherent.g64"
      })
  void shouldQuietenCommonNoiseByItsOwnRemedy(String row) {
    // Given
    String[] words = row.split(", ");
    String shows = words[3];
    Recorder recorder = new Recorder(43);
    double quiet = recorder.hours(0.2).mean(shows);
    recorder.say(words[0]).hours(0.2);
    // When
    recorder.put(CYCLE, 1);
    recorder.put(words[2], 1);
    // Then
    assertThat(recorder.hours(0.2).last(shows)).isGreaterThan(3 * quiet);
    recorder.put(words[1], 1);
    assertThat(recorder.hours(0.2).last(shows)).isLessThan(1.6 * quiet);
  }

  @Test
  void shouldLeaveOpenWiresOpenThroughAPowerCycle() {
    // Given
    Recorder recorder = new Recorder(44);
    recorder.hours(0.2);
    double dead = recorder.last("fe.femb05.dead-channels");
    // When
    recorder.say("F17 start board=5 wires=128");
    recorder.put("fe.femb05.power", 0);
    recorder.seconds(10);
    recorder.put("fe.femb05.power", 1);
    recorder.seconds(180);
    // Then
    assertThat(dead).isLessThan(5);
    assertThat(recorder.last("fe.femb05.dead-channels")).isEqualTo(128);
    assertThat(recorder.last("fe.femb05.noise")).isBetween(50.0, 300.0);
    assertThat(recorder.last("fe.femb05.gain")).isBetween(13.7, 14.3);
  }

  @Test
  void shouldRecoverFromSaturationWithinSeconds() {
    // Given
    Recorder recorder = new Recorder(45);
    recorder.hours(0.1);
    // When
    recorder.say("F18 start");
    // Then
    assertThat(recorder.seconds(4).last("fe.railed-channels")).isGreaterThan(800);
    assertThat(recorder.seconds(26).last("fe.railed-channels")).isZero();
    assertThat(recorder.seconds(60).simulator.truth()).isEmpty();
  }
}
