package org.orrery.simulator;

import org.orrery.simulator.plant.DetectorConfig;
import org.orrery.simulator.plant.Scale;

/**
 * What tells one simulated detector from another. Immutable.
 *
 * @param seed decides every hidden parameter and every random number
 * @param detector nominal sizes and operating point
 */
public record SimulatorConfig(long seed, DetectorConfig detector) {
  /** Returns the reference detector with the given seed. */
  public static SimulatorConfig reference(long seed) {
    return new SimulatorConfig(seed, DetectorConfig.protoDuneSpLike());
  }

  /** Returns the reference detector with the given seed, with more or fewer channels. */
  public static SimulatorConfig scaled(long seed, Scale scale) {
    return new SimulatorConfig(seed, DetectorConfig.protoDuneSpLike().withScale(scale));
  }
}
