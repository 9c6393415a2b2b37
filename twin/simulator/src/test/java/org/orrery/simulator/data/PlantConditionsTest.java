package org.orrery.simulator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.plant.DetectorConfig;
import org.orrery.simulator.plant.Plant;

class PlantConditionsTest {
  private static final long T0_NS = 1_800_000_000_000_000_000L;
  private static final DataScale SCALE = DataScale.reference();
  private static final long HOUR_NS = 3_600_000_000_000L;

  private final DetectorConfig config = DetectorConfig.protoDuneSpLike();
  private final PlantConditions reader = new PlantConditions(config, SCALE, 5);

  private static void live(Plant plant, int ticks) {
    for (int tick = 1; tick <= ticks; tick++) {
      plant.advance(tick);
    }
  }

  @Test
  void shouldGiveWhatTheTracksOfThePlantShow() {
    // Given
    Plant plant = new Plant(config, 5);
    live(plant, 6_000);
    // When
    Conditions conditions = reader.read(plant, 1.0);
    ArgonResponse argon = ArgonResponse.of(conditions.argon(), 360.0);
    // Then
    assertThat(argon.driftMicroseconds() / plant.tracks().driftMicroseconds())
        .isCloseTo(1.0, within(1e-4));
    assertThat(argon.anodeKePerCm() / plant.tracks().anodeKePerCm()).isCloseTo(1.0, within(1e-6));
    assertThat(argon.arrivingKePerCm(1.0) / plant.tracks().cathodeKePerCm())
        .isCloseTo(1.0, within(1e-4));
    assertThat(argon.lightRelative() / plant.tracks().lightRelative()).isCloseTo(1.0, within(1e-9));
    assertThat(conditions.argon().lifetimeMilliseconds()).isBetween(6.0, 10.0);
    assertThat(conditions.run().triggerHertz())
        .isCloseTo(plant.dataTaking().triggerHertz(argon.lightRelative()), within(1e-9));
    assertThat(conditions.boards().noiseElectrons().at(6))
        .isEqualTo(plant.frontEnd().boardNoise(6));
    assertThat(conditions.monitors().getFirst().driftMicroseconds()).isBetween(2_090.0, 2_310.0);
  }

  @Test
  void shouldFollowTheHighVoltageDown() {
    // Given
    Plant plant = new Plant(config, 5);
    live(plant, 100);
    plant.knobs().find("hv.supply.trip").orElseThrow().push(1.0);
    // When
    for (int tick = 101; tick <= 2_000; tick++) {
      plant.advance(tick);
    }
    ArgonConditions argon = reader.read(plant, 1.0).argon();
    // Then
    assertThat(argon.fieldKvPerCm()).isZero();
    assertThat(argon.lifetimeMilliseconds()).isPositive();
  }

  @Test
  void shouldReadASavedDetectorAsItWas() {
    // Given
    SimulatorConfig reference = SimulatorConfig.reference(5);
    DetectorSimulator simulator = new DetectorSimulator(reference, T0_NS);
    simulator.command("F5 start");
    var unusedReadings = simulator.step(T0_NS + HOUR_NS);
    SavedPlant saved = new SavedPlant(reference);
    ArgonConditions healthy = reader.read(saved.plant(), 1.0).argon();
    // When
    saved.take(simulator.save());
    // Then
    assertThat(saved.timeNs()).isEqualTo(T0_NS + HOUR_NS);
    ArgonConditions argon = reader.read(saved.plant(), 1.0).argon();
    assertThat(argon).isNotEqualTo(healthy);
    assertThat(saved.plant().circulation().flowKgPerSecond()).isLessThan(1.0);
    assertThatThrownBy(() -> new SavedPlant(SimulatorConfig.reference(6)).take(simulator.save()))
        .hasMessageContaining("another detector");
  }

  @Test
  void shouldMakeTheSameDataHoweverTheDetectorWasStepped() {
    // Given
    SimulatorConfig reference = SimulatorConfig.reference(5);
    DetectorSimulator one = new DetectorSimulator(reference, T0_NS);
    DetectorSimulator other = new DetectorSimulator(reference, T0_NS);
    Interval interval = Interval.at(T0_NS, 300_000_000_000L);
    // When
    var unusedReadings = one.step(interval.toNs());
    for (long ns = T0_NS; ns <= interval.toNs(); ns += 700_000_000L) {
      var unusedSlice = other.step(ns);
    }
    var unusedLast = other.step(interval.toNs());
    // Then
    assertThat(histograms(reference, one, interval))
        .isEqualTo(histograms(reference, other, interval));
  }

  private List<Histogram> histograms(
      SimulatorConfig reference, DetectorSimulator simulator, Interval interval) {
    SavedPlant saved = new SavedPlant(reference);
    saved.take(simulator.save());
    return new HistogramMaker(SCALE, config.driftMetres(), 5)
        .make(interval, reader.read(saved.plant(), 1.0));
  }
}
