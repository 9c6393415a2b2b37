package org.orrery.simulator.data;

import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.StateBytes;

/**
 * A copy of the plant inside a detector, taken from the bytes of {@code DetectorSimulator.save}, so
 * that conditions can be read on another thread while the detector lives on. Not thread-safe.
 */
public final class SavedPlant {
  /** Version, seed, detector and number of channels stand before the times. */
  private static final int NUMBERS_BEFORE_TIMES = 4;

  private final SimulatorConfig config;
  private final Plant plant;
  private long startNs;
  private long tick;

  /** A copy of a detector of this configuration, healthy until the first {@link #take}. */
  public SavedPlant(SimulatorConfig config) {
    this.config = config;
    this.plant = new Plant(config.detector(), config.seed());
  }

  /**
   * Becomes as the detector was when it was saved.
   *
   * @throws IllegalArgumentException if the bytes are damaged or come from another detector
   */
  public void take(byte[] saved) {
    StateBytes.Reader reader = StateBytes.Reader.checked(saved);
    long[] before = new long[NUMBERS_BEFORE_TIMES];
    for (int i = 0; i < before.length; i++) {
      before[i] = reader.ofLong(0);
    }
    if (before[1] != config.seed() || before[2] != config.detector().toString().hashCode()) {
      throw new IllegalArgumentException("state of another detector, of seed " + before[1]);
    }
    startNs = reader.ofLong(0);
    tick = reader.ofLong(0);
    reader.ofLong(0);
    plant.exchange(reader);
  }

  /** Time of the last step that the detector made, its own time, ns since the epoch. */
  public long timeNs() {
    return startNs + tick * Plant.TICK_NS;
  }

  /** The copy; it may not be advanced. */
  public Plant plant() {
    return plant;
  }
}
