package org.orrery.bus.clock;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.WallClock;

/**
 * Plant time as a linear function of wall time: {@code plant = plantEpoch + factor (wall -
 * wallEpoch)}. The mapping is kept in a file, so that plant time goes on over restarts and a soft
 * IOC in another process shares it. Never goes back, even when the wall clock does. Thread-safe.
 */
public final class ScaledPlantClock implements PlantClock {
  private final WallClock wall;
  private final long plantEpochNs;
  private final long wallEpochNs;
  private final double factor;
  private final AtomicLong latestNs = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param wall wall time
   * @param plantEpochNs plant time, ns since the epoch, at {@code wallEpochNs}
   * @param wallEpochNs wall time, ns since the epoch
   * @param factor plant seconds per wall second, above 0
   */
  public ScaledPlantClock(WallClock wall, long plantEpochNs, long wallEpochNs, double factor) {
    if (!(factor > 0 && factor <= 1e6)) {
      throw new IllegalArgumentException(
          "plant time factor must be above 0 and at most 1e6, got " + factor);
    }
    this.wall = wall;
    this.plantEpochNs = plantEpochNs;
    this.wallEpochNs = wallEpochNs;
    this.factor = factor;
  }

  /**
   * Reads the mapping from the file, or begins one at the present wall time. A changed factor
   * begins a new mapping at the plant time reached, so that plant time stays monotonic.
   *
   * @throws IOException if the file cannot be read or written, or does not hold a mapping
   */
  public static ScaledPlantClock open(WallClock wall, Path file, double factor) throws IOException {
    long now = wall.nowNs();
    ScaledPlantClock clock = new ScaledPlantClock(wall, now, now, factor);
    if (Files.exists(file)) {
      ScaledPlantClock stored = load(wall, file);
      if (stored.factor == factor) {
        return stored;
      }
      clock = new ScaledPlantClock(wall, stored.nowNs(), now, factor);
    }
    clock.save(file);
    return clock;
  }

  /**
   * Reads the mapping from a file that {@link #open} wrote.
   *
   * @throws IOException if the file cannot be read or does not hold a mapping
   */
  public static ScaledPlantClock load(WallClock wall, Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = new StringReader(Files.readString(file))) {
      properties.load(reader);
      return new ScaledPlantClock(
          wall,
          Long.parseLong(properties.getProperty("plantEpochNs", "")),
          Long.parseLong(properties.getProperty("wallEpochNs", "")),
          Double.parseDouble(properties.getProperty("factor", "")));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          file
              + " must hold plantEpochNs, wallEpochNs and factor; delete it to begin a new plant"
              + " time",
          e);
    }
  }

  private void save(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(directory, "plant-clock", ".tmp");
    Files.writeString(
        temporary,
        "plantEpochNs="
            + plantEpochNs
            + "\nwallEpochNs="
            + wallEpochNs
            + "\nfactor="
            + factor
            + "\n");
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public long nowNs() {
    long now = plantEpochNs + Math.round((wall.nowNs() - wallEpochNs) * factor);
    return latestNs.accumulateAndGet(now, Math::max);
  }

  @Override
  public double factor() {
    return factor;
  }

  @Override
  public long toWallNs(long plantNs) {
    return wallEpochNs + Math.round((plantNs - plantEpochNs) / factor);
  }
}
