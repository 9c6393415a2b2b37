package org.orrery.bus.clock;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.orrery.contract.time.IdSource;
import org.orrery.contract.time.WallClock;

/**
 * Identifiers of 13 hexadecimal digits of wall microseconds, a hyphen and 8 random ones: they sort
 * by time, and two made in the same microsecond differ. Thread-safe.
 */
public final class TimeSortedIds implements IdSource {
  private final WallClock wall;
  private final RandomGenerator random;
  private long lastMicros;

  /**
   * @param wall wall time
   * @param random tells apart what two processes make in the same microsecond
   */
  public TimeSortedIds(WallClock wall, RandomGenerator random) {
    this.wall = wall;
    this.random = random;
  }

  @Override
  public synchronized String next() {
    lastMicros = Math.max(lastMicros + 1, wall.nowNs() / 1_000);
    return String.format(Locale.ROOT, "%013x-%08x", lastMicros, random.nextInt());
  }
}
