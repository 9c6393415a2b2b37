package org.orrery.simulator;

import org.orrery.simulator.fault.Effect.Lie;
import org.orrery.simulator.fault.Profile;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.StateCodec;

/** A lie that one sensor tells at present. Not thread-safe. */
final class SensorLie {
  private final Lie lie;
  private final Profile course;
  private final long onsetNs;
  private double frozen = Double.NaN;

  SensorLie(Lie lie, Profile course, long onsetNs) {
    this.lie = lie;
    this.course = course;
    this.onsetNs = onsetNs;
  }

  /** Remembers what the sensor showed last. */
  void freeze(double shown) {
    frozen = shown;
  }

  /** Returns the reading that it makes of an honest one; NaN for an invalid one. */
  double tell(double honest, long nowNs, SimRandom random) {
    double amount = course.at((nowNs - onsetNs) * 1e-9);
    return switch (lie) {
      case BIAS -> honest + amount;
      case SCALE -> honest * (1.0 + amount);
      case NOISE -> honest + amount * random.gaussian();
      case STUCK_AT -> amount;
      case FROZEN -> amount == 0.0 ? honest : frozen;
      case DEAD -> amount == 0.0 ? honest : Double.NaN;
    };
  }

  void exchange(StateCodec codec) {
    frozen = codec.ofDouble(frozen);
  }
}
