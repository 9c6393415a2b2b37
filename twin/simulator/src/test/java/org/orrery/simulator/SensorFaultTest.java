package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A lying sensor: one signal departs, and nothing else. */
class SensorFaultTest {

  @Test
  void shouldLetOnlyTheLyingSensorDepart() {
    // Given
    Recorder recorder = new Recorder(15);
    recorder.hours(0.2);
    double mine = recorder.mean("cryo.rtd.t07");
    double neighbour = recorder.mean("cryo.rtd.t08");
    // When
    recorder.say("F21 start channel=cryo.rtd.t07 bias=0.8").seconds(120).hours(0.2);
    // Then
    assertThat(recorder.mean("cryo.rtd.t07") - mine).isCloseTo(0.8, within(0.01));
    assertThat(recorder.mean("cryo.rtd.t08")).isCloseTo(neighbour, within(0.01));
    assertThat(recorder.simulator.truth().getFirst().cause()).contains("cryo.rtd.t07");
    recorder.say("F21 clear channel=cryo.rtd.t07").hours(0.1);
    assertThat(recorder.last("cryo.rtd.t07")).isCloseTo(mine, within(0.02));
  }

  @Test
  void shouldKeepThePumpRunningUnderADeadFlowMeter() {
    // Given
    Recorder recorder = new Recorder(15);
    double current = recorder.hours(0.2).mean("purif.pump-a.current");
    // When
    recorder.say("F21 start channel=purif.flow stuck=0").hours(0.5);
    // Then
    assertThat(recorder.mean("purif.flow")).isZero();
    assertThat(recorder.mean("purif.pump-a.current")).isCloseTo(current, within(0.05));
    assertThat(recorder.mean("purif.pump-a.speed")).isCloseTo(50, within(0.1));
    assertThat(recorder.alarms.keySet()).containsExactly("purif.flow");
  }

  @Test
  void shouldFreezeDriftShakeOrKillASensor() {
    // Given
    Recorder recorder = new Recorder(15);
    // When
    recorder
        .say("F21 start channel=cryo.rtd.t01 stuck")
        .say("F21 start channel=cryo.rtd.t02 drift=0.5/h")
        .say("F21 start channel=cryo.rtd.t03 noise=0.5")
        .say("F21 start channel=cryo.rtd.t04 dead");
    double before = recorder.last("cryo.rtd.t02");
    recorder.hours(1);
    // Then
    assertThat(recorder.last("cryo.rtd.t02") - before).isCloseTo(0.5, within(0.02));
    assertThat(recorder.mean("cryo.rtd.t01"))
        .isCloseTo(recorder.last("cryo.rtd.t01"), within(1e-9));
    assertThat(recorder.alarms.get("cryo.rtd.t04").severity()).isEqualTo(Severity.INVALID);
    assertThat(recorder.alarms).containsKey("cryo.rtd.t03");
  }
}
