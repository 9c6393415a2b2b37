package org.orrery.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.Scale;
import org.orrery.simulator.plant.SimRandom;

/** Collects the channels of all subsystems, in a stable order. Not thread-safe. */
final class DetectorDesk {
  private final Map<String, Point> byId = new LinkedHashMap<>();
  private final long seed;
  private SimRandom hidden;
  private @Nullable SimRandom noises;

  DetectorDesk(Plant plant, LocalSwitches switches, Scale scale, long seed) {
    this.seed = seed;
    hidden = new SimRandom(seed, 3);
    HighVoltagePoints.addTo(this, plant, switches, scale.groundPlanes());
    CryostatPoints.addTo(this, plant, switches, scale.thermometers());
    PurificationPoints.addTo(this, plant, switches);
    ElectronicsPoints.addTo(this, plant);
    PhotonPoints.addTo(this, plant);
    ObservablePoints.addTo(this, plant);
    drawFrom(61, 62);
    BoardPoints.addTo(this, plant.frontEnd(), scale);
    NoisePoints.addTo(this, plant);
    WireBiasPoints.addTo(this, plant.frontEnd().wireBias());
    DataAcquisitionPoints.addTo(this, plant);
    ComputingPoints.addTo(this, plant.computing());
  }

  /**
   * Lets the sensors of all later channels draw from streams of their own, so that the channels
   * before them read the same with and without them.
   *
   * @param hiddenStream where their constant errors come from
   * @param noiseStream where their noise comes from
   */
  void drawFrom(long hiddenStream, long noiseStream) {
    hidden = new SimRandom(seed, hiddenStream);
    noises = new SimRandom(seed, noiseStream);
  }

  /** Draws a hidden sensor error of that standard deviation, at most two of them. */
  double bias(double sigma) {
    return sigma * Math.clamp(hidden.gaussian(), -2.0, 2.0);
  }

  /** Returns the random sequence of that number, for {@link PointBuilder#noiseFrom}. */
  SimRandom stream(long number) {
    return new SimRandom(seed, number);
  }

  private PointBuilder builder(String id, SimulatedChannel.Kind kind) {
    PointBuilder builder = new PointBuilder(this, id, kind);
    return noises == null ? builder : builder.noiseFrom(noises);
  }

  PointBuilder real(String id, String unit) {
    return builder(id, SimulatedChannel.Kind.DOUBLE).unit(unit);
  }

  PointBuilder whole(String id) {
    return builder(id, SimulatedChannel.Kind.LONG);
  }

  PointBuilder choice(String id, String... names) {
    return builder(id, SimulatedChannel.Kind.CHOICE).choices(names);
  }

  PointBuilder array(String id, String unit) {
    return builder(id, SimulatedChannel.Kind.ARRAY).unit(unit);
  }

  void add(Point point) {
    if (byId.put(point.info.id(), point) != null) {
      throw new IllegalStateException("channel twice: " + point.info.id());
    }
  }

  List<Point> points() {
    return new ArrayList<>(byId.values());
  }

  @Nullable Point find(String id) {
    return byId.get(id);
  }
}
