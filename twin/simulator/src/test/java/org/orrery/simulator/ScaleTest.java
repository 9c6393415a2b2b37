package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.orrery.simulator.plant.Scale;

/** The same code from a bench to a module of DUNE. */
class ScaleTest {
  private static final long MINUTE_NS = 60_000_000_000L;

  private record Size(Scale scale, int channels, double tolerance) {}

  static List<Size> sizes() {
    return List.of(
        new Size(Scale.bench(), 300, 0.4),
        new Size(Scale.large(), 10_000, 0.2),
        new Size(Scale.duneModule(), 150_000, 0.2));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void shouldLiveAtEveryScale(Size size) {
    // Given
    SimulatorConfig config = SimulatorConfig.scaled(7, size.scale());
    DetectorSimulator simulator = new DetectorSimulator(config, Recorder.START_NS);
    // When
    List<Reading> readings = simulator.step(Recorder.START_NS + 2 * MINUTE_NS);
    // Then
    int channels = simulator.channels().size();
    assertThat((double) channels)
        .isCloseTo(size.channels(), within(size.tolerance() * size.channels()));
    assertThat(readings).hasSizeGreaterThan(channels);
    assertThat(simulator.command("F13 start board=" + size.scale().boards()).done()).isTrue();
    DetectorSimulator other = new DetectorSimulator(config, Recorder.START_NS);
    other.restore(simulator.save());
    assertThat(other.step(Recorder.START_NS + 3 * MINUTE_NS))
        .isEqualTo(simulator.step(Recorder.START_NS + 3 * MINUTE_NS));
  }

  @Test
  void shouldKeepTheReferenceModest() {
    // When
    int channels = new Recorder(1).simulator.channels().size();
    // Then
    assertThat(channels).isBetween(600, 950);
  }

  @Test
  void shouldRefuseImpossibleScales() {
    // Then
    assertThatThrownBy(() -> new Scale(0, 16, 12, 40, 12)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> new Scale(30, 7, 12, 40, 12)).hasMessageContaining("7");
  }
}
