package org.orrery.bus.clock;

import java.time.Instant;
import org.orrery.contract.time.WallClock;

/** The machine's clock. Thread-safe. */
public final class SystemWallClock implements WallClock {
  @Override
  public long nowNs() {
    Instant now = Instant.now();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
