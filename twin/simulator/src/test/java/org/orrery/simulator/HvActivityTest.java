package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.simulator.plant.DetectorConfig;
import org.orrery.simulator.plant.HvActivity;

/** What the high voltage does by itself at the published rates. */
class HvActivityTest {
  private static final DetectorConfig ACTIVE =
      DetectorConfig.protoDuneSpLike().withHvActivity(HvActivity.PUBLISHED);

  @Test
  void shouldDischargeAboutTenTimesADay() {
    // Given
    Recorder recorder = new Recorder(new SimulatorConfig(61, ACTIVE));
    recorder.put("hv.quench.auto", 1);
    // When
    recorder.hours(4 * 24);
    // Then
    assertThat(recorder.last("hv.toroid.downstream") / 4).isBetween(7.0, 22.0);
    assertThat(recorder.last("mon.saturation.u")).isGreaterThan(500);
    assertThat(recorder.last("hv.quench.count") / 4).isBetween(1.0, 7.0);
    assertThat(recorder.last("hv.cathode.state")).isEqualTo(1);
    assertThat(recorder.simulator.truth()).isEmpty();
  }

  @Test
  void shouldRestAtALowerVoltage() {
    // Given
    Recorder active = new Recorder(new SimulatorConfig(62, ACTIVE));
    active.put("hv.cathode.voltage-set", -100);
    active.hours(1);
    double before = active.last("mon.saturation.u");
    // When
    active.hours(72);
    // Then
    assertThat(active.last("mon.saturation.u") - before).isLessThan(60);
    assertThat(active.last("hv.groundplane.gp06")).isLessThan(1);
  }

  @Test
  void shouldContinueIdenticallyAfterRestore() {
    // Given
    SimulatorConfig config = new SimulatorConfig(63, ACTIVE);
    DetectorSimulator original = new DetectorSimulator(config, Recorder.START_NS);
    original.command("F20 start course=oscillation");
    original.command("F24 start");
    original.command("F2 start rate=500");
    original.step(Recorder.START_NS + 7_200_000_000_000L);
    byte[] saved = original.save();
    DetectorSimulator restored = new DetectorSimulator(config, 0);
    // When
    restored.restore(saved);
    // Then
    long later = original.timeNs() + 3_600_000_000_000L;
    assertThat(restored.step(later)).isEqualTo(original.step(later));
    assertThat(restored.save()).isEqualTo(original.save());
  }
}
