package org.orrery.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.Scale;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.StateCodec;

/** Collects the channels of all subsystems, in a stable order. Not thread-safe. */
final class DetectorDesk {
  private final Map<String, Point> byId = new LinkedHashMap<>();
  private final List<SimRandom> noises = new ArrayList<>();
  private final long seed;
  private SimRandom hidden;
  private @Nullable SimRandom noise;

  DetectorDesk(Plant plant, LocalSwitches switches, Scale scale, long seed) {
    this.seed = seed;
    hidden = new SimRandom(seed, 3);
    HighVoltagePoints.addTo(this, plant, switches);
    CryostatPoints.addTo(this, plant, switches);
    PurificationPoints.addTo(this, plant, switches);
    ElectronicsPoints.addTo(this, plant);
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
    SimRandom own = new SimRandom(seed, noiseStream);
    noises.add(own);
    noise = own;
  }

  /** Returns where the noise of a new channel comes from; null for the simulator's own stream. */
  @Nullable SimRandom noise() {
    return noise;
  }

  /** Writes or reads the state of the streams. */
  void exchange(StateCodec codec) {
    noises.forEach(random -> random.exchange(codec));
  }

  /** Draws a hidden sensor error of that standard deviation, at most two of them. */
  double bias(double sigma) {
    return sigma * Math.clamp(hidden.gaussian(), -2.0, 2.0);
  }

  PointBuilder real(String id, String unit) {
    return new PointBuilder(this, id, SimulatedChannel.Kind.DOUBLE).unit(unit);
  }

  PointBuilder whole(String id) {
    return new PointBuilder(this, id, SimulatedChannel.Kind.LONG);
  }

  PointBuilder choice(String id, String... names) {
    return new PointBuilder(this, id, SimulatedChannel.Kind.CHOICE).choices(names);
  }

  PointBuilder array(String id, String unit) {
    return new PointBuilder(this, id, SimulatedChannel.Kind.ARRAY).unit(unit);
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
