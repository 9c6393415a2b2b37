package org.orrery.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;

/** Collects the channels of all subsystems, in a stable order. Not thread-safe. */
final class DetectorDesk {
  private final Map<String, Point> byId = new LinkedHashMap<>();
  private final SimRandom hidden;
  private final long seed;

  DetectorDesk(Plant plant, LocalSwitches switches, long seed) {
    this.seed = seed;
    hidden = new SimRandom(seed, 3);
    HighVoltagePoints.addTo(this, plant, switches);
    CryostatPoints.addTo(this, plant, switches);
    PurificationPoints.addTo(this, plant, switches);
    ElectronicsPoints.addTo(this, plant);
    ObservablePoints.addTo(this, plant);
  }

  /** Draws a hidden sensor error of that standard deviation, at most two of them. */
  double bias(double sigma) {
    return sigma * Math.clamp(hidden.gaussian(), -2.0, 2.0);
  }

  /** Returns the random sequence of that number, for {@link PointBuilder#noiseFrom}. */
  SimRandom stream(long number) {
    return new SimRandom(seed, number);
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
