package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.simulator.fault.FaultCatalogue;

/** Disks, links, triggers, runs and modes. */
class ComputingFaultTest {

  @ParameterizedTest
  @ValueSource(strings = {"C1 start", "C2 start", "C3 start", "C3 start input=8 severity=1"})
  void shouldFindEveryFaultAsItsTruthSays(String line) {
    // Given
    TruthCheck check = new TruthCheck(31).hours(1);
    // When
    var failures = check.failures(line);
    // Then
    assertThat(failures).isEmpty();
  }

  @Test
  void shouldListOtherFaultsBehindTheCatalogue() {
    // When
    List<String> codes = FaultCatalogue.codes();
    // Then
    assertThat(codes).startsWith("F1").endsWith("C1", "C2", "C3").doesNotHaveDuplicates();
  }

  @Test
  void shouldStopRunsOnFullDisksUntilTheyAreCleaned() {
    // Given
    Recorder recorder = new Recorder(61);
    recorder.say("C1 start severity=1").hours(2);
    double run = recorder.last("daq.run.number");
    // When
    recorder.put("comp.transfer.route", 1);
    PutResult start = recorder.put("daq.run.command", 1);
    // Then
    assertThat(start).isEqualTo(new PutResult.Refused("writer: disk full"));
    assertThat(recorder.hours(0.5).last("daq.run.state")).isZero();
    assertThat(recorder.last("daq.writer.rate")).isLessThan(30);
    recorder.put("daq.disk.clean", 1);
    recorder.hours(0.5);
    assertThat(recorder.simulator.truth()).isEmpty();
    assertThat(recorder.last("daq.run.state")).isEqualTo(1);
    assertThat(recorder.last("daq.run.number")).isEqualTo(run + 1);
    assertThat(recorder.last("daq.disk.free")).isGreaterThan(60);
  }

  @Test
  void shouldFillTheDisksWithinDaysWhenNothingIsSent() {
    // Given
    Recorder recorder = new Recorder(62);
    recorder.say("C2 start").hours(96);
    double free = recorder.last("daq.disk.free");
    // When
    recorder.put("daq.disk.clean", 1);
    // Then
    assertThat(free).isLessThan(25);
    assertThat(recorder.hours(1).last("daq.disk.free")).isLessThan(25);
    double backlog = recorder.last("comp.transfer.backlog");
    recorder.put("comp.transfer.route", 1);
    assertThat(recorder.hours(6).last("comp.transfer.backlog")).isLessThan(backlog);
    assertThat(recorder.last("comp.transfer.rate")).isCloseTo(1_000, within(50.0));
  }

  @Test
  void shouldCalmATriggerStormByMaskingItsInputOnly() {
    // Given
    Recorder recorder = new Recorder(63);
    double usual = recorder.seconds(300).mean("daq.trigger.rate");
    recorder.say("C3 start input=5").seconds(300);
    assertThat(recorder.last("daq.buffer.occupancy")).isGreaterThan(90);
    // When
    recorder.put("daq.trigger.masked-input", 2);
    // Then
    assertThat(recorder.seconds(300).last("daq.dead-time")).isGreaterThan(50);
    assertThat(recorder.last("daq.trigger.hot-input")).isEqualTo(5);
    recorder.put("daq.trigger.masked-input", 5);
    assertThat(recorder.seconds(300).last("daq.dead-time")).isLessThan(3);
    assertThat(recorder.last("daq.trigger.rate")).isBetween(0.75 * usual, usual);
  }

  @Test
  void shouldLessenAStormByThePrescale() {
    // Given
    Recorder recorder = new Recorder(63);
    recorder.say("C3 start").seconds(120);
    // When
    recorder.put("daq.trigger.prescale", 200);
    // Then
    assertThat(recorder.seconds(300).last("daq.dead-time")).isLessThan(3);
    assertThat(recorder.last("daq.trigger.random-rate")).isCloseTo(2, within(0.3));
  }

  @Test
  void shouldReachEveryModeByCommand() {
    // Given
    Recorder recorder = new Recorder(64);
    recorder.seconds(60);
    assertThat(recorder.put("daq.mode-set", 4)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.seconds(30).last("daq.mode")).isEqualTo(4);
    assertThat(recorder.last("daq.trigger.pulser-rate")).isGreaterThan(9);
    assertThat(recorder.put("daq.mode-set", 2))
        .isEqualTo(new PutResult.Refused("STANDBY: a run is going on"));
    // When
    recorder.put("daq.run.command", 2);
    // Then
    assertThat(recorder.put("daq.mode-set", 2)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.put("daq.run.command", 1))
        .isEqualTo(new PutResult.Refused("run control: mode is STANDBY"));
    assertThat(recorder.put("daq.mode-set", 0))
        .isEqualTo(new PutResult.Refused("SHUTDOWN: cathode still at high voltage"));
    recorder.put("hv.cathode.ramp-set", 120);
    recorder.put("hv.cathode.enable", 0);
    recorder.hours(0.6);
    for (int mode : new int[] {1, 0}) {
      assertThat(recorder.put("daq.mode-set", mode)).isEqualTo(new PutResult.Accepted());
      assertThat(recorder.seconds(20).last("daq.mode")).isEqualTo(mode);
    }
    assertThat(recorder.last("daq.trigger.rate")).isLessThan(3);
    assertThat(recorder.put("daq.mode-set", 3))
        .isEqualTo(new PutResult.Refused("PHYSICS: cathode below 95 % of its nominal voltage"));
    recorder.put("hv.cathode.enable", 1);
    recorder.hours(0.6);
    assertThat(recorder.put("daq.mode-set", 3)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.seconds(20).last("daq.mode")).isEqualTo(3);
  }

  @Test
  void shouldCountLiveTimeAndSubruns() {
    // Given
    Recorder recorder = new Recorder(65);
    double before = recorder.seconds(120).last("daq.exposure");
    // When
    recorder.hours(2);
    // Then
    assertThat(recorder.last("daq.exposure") - before).isBetween(1.9, 2.0);
    assertThat(recorder.last("daq.run.subrun")).isBetween(1.0, 8.0);
    assertThat(recorder.put("daq.run.configuration", 3))
        .isEqualTo(new PutResult.Refused("run control: a run is going on"));
    recorder.put("daq.run.command", 2);
    assertThat(recorder.put("daq.run.configuration", 3)).isEqualTo(new PutResult.Accepted());
  }

  @ParameterizedTest
  @CsvSource({"28, fe.femb01", "12, fe.femb02"})
  void shouldStartNoRunWithoutTheLinks(int boards, String kept) {
    // Given
    Recorder recorder = new Recorder(66);
    recorder.put("daq.run.command", 2);
    for (int i = 30; i > 30 - boards; i--) {
      recorder.put("fe.femb%02d.power".formatted(i), 0);
    }
    // When
    recorder.seconds(30);
    // Then
    assertThat(recorder.put("daq.run.command", 1)).isInstanceOf(PutResult.Refused.class);
    assertThat(recorder.last(kept + ".link")).isEqualTo(1);
  }
}
