package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReproducibilityTest {
  private static final long MINUTE_NS = 60_000_000_000L;

  private static DetectorSimulator simulator(long seed) {
    return new DetectorSimulator(SimulatorConfig.reference(seed), Recorder.START_NS);
  }

  private static List<Reading> run(DetectorSimulator simulator, int minutes, long sliceNs) {
    List<Reading> readings = new ArrayList<>();
    long end = simulator.timeNs() + minutes * MINUTE_NS;
    while (simulator.timeNs() < end) {
      readings.addAll(simulator.step(Math.min(end, simulator.timeNs() + sliceNs)));
    }
    return readings;
  }

  @Test
  void shouldGiveTheSameReadingsForTheSameSeed() {
    // Given
    DetectorSimulator one = simulator(7);
    DetectorSimulator other = simulator(7);
    // When
    List<Reading> readings = run(one, 45, MINUTE_NS);
    // Then
    assertThat(readings).isEqualTo(run(other, 45, MINUTE_NS)).hasSizeGreaterThan(50_000);
    assertThat(one.save()).isEqualTo(other.save());
  }

  @Test
  void shouldNotDependOnHowTheCallerSlicesItsSteps() {
    // Given
    DetectorSimulator one = simulator(7);
    DetectorSimulator other = simulator(7);
    // When
    List<Reading> readings = run(one, 10, MINUTE_NS);
    // Then
    assertThat(run(other, 10, 700_000_000L)).isEqualTo(readings);
    assertThat(one.save()).isEqualTo(other.save());
  }

  @Test
  void shouldDifferForAnotherSeed() {
    // Given
    DetectorSimulator one = simulator(7);
    // When
    List<Reading> other = run(simulator(8), 5, MINUTE_NS);
    // Then
    assertThat(run(one, 5, MINUTE_NS)).isNotEqualTo(other);
  }

  @Test
  void shouldContinueIdenticallyAfterRestore() {
    // Given
    DetectorSimulator original = simulator(7);
    original.command("F1 start ramp=600");
    original.command("F21 start channel=cryo.rtd.t07 drift=0.2/h");
    original.command("key cryo.remote LOCAL");
    run(original, 33, MINUTE_NS);
    original.put("hv.cathode.voltage-set", SimValue.of(-170), original.timeNs() + 1_500_000_000L);
    byte[] saved = original.save();
    DetectorSimulator restored = simulator(7);
    // When
    restored.restore(saved);
    // Then
    assertThat(restored.save()).isEqualTo(saved);
    assertThat(restored.snapshot()).isEqualTo(original.snapshot());
    assertThat(restored.truth()).isEqualTo(original.truth());
    assertThat(run(restored, 40, MINUTE_NS)).isEqualTo(run(original, 40, MINUTE_NS));
    assertThat(restored.save()).isEqualTo(original.save());
  }

  @Test
  void shouldRefuseForeignOrDamagedStateAndStayAsItWas() {
    // Given
    byte[] saved = simulator(7).save();
    byte[] cut = java.util.Arrays.copyOf(saved, saved.length - 3);
    byte[] flipped = saved.clone();
    flipped[saved.length / 2] ^= 4;
    DetectorSimulator simulator = simulator(7);
    run(simulator, 3, MINUTE_NS);
    byte[] before = simulator.save();
    // When
    DetectorSimulator other = simulator(8);
    // Then
    assertThatThrownBy(() -> other.restore(saved)).hasMessageContaining("seed");
    for (byte[] damaged : List.of(cut, flipped, new byte[0])) {
      assertThatThrownBy(() -> simulator.restore(damaged))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged");
    }
    assertThat(simulator.save()).isEqualTo(before);
  }
}
