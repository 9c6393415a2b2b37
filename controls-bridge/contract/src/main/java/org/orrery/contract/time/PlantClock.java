package org.orrery.contract.time;

/**
 * The time of the plant: monotonic, real for a real detector, scaled for a simulated one, virtual
 * in the lab. Implementations are thread-safe.
 */
public interface PlantClock {
  /** Plant time now, ns since the epoch. */
  long nowNs();

  /** Plant seconds that pass in one second of wall time; 1 for a real detector. */
  double factor();

  /** The wall time, ns since the epoch, at which this plant time is or was reached. */
  long toWallNs(long plantNs);
}
