package org.orrery.archive.runtime;

import java.util.function.Consumer;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the archive is: one log line and one message per change. Thread-safe. */
final class ArchiveHealth {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveHealth.class);
  private static final String ROOM = "archive";

  private final WallClock clock;
  private final Consumer<RoomHealth> publisher;
  private RoomHealth current;

  ArchiveHealth(WallClock clock, Consumer<RoomHealth> publisher) {
    this.clock = clock;
    this.publisher = publisher;
    this.current = new RoomHealth(ROOM, RoomHealth.Status.DEGRADED, "starting", clock.nowNs());
  }

  synchronized RoomHealth current() {
    return current;
  }

  void up() {
    change(RoomHealth.Status.UP, "");
  }

  /** Nothing is lost, but nothing is stored either. */
  void waits(String why) {
    change(RoomHealth.Status.DEGRADED, why + "; samples wait in Kafka");
  }

  void down(String why) {
    change(RoomHealth.Status.DOWN, why);
  }

  private synchronized void change(RoomHealth.Status status, String detail) {
    if (status == current.status() && (status == RoomHealth.Status.UP || !detail.isEmpty())) {
      if (!detail.equals(current.detail())) {
        current = new RoomHealth(ROOM, status, detail, current.sinceNs());
      }
      return;
    }
    if (status == RoomHealth.Status.UP) {
      LOG.info("archive stores samples");
    } else {
      LOG.warn("archive does not store samples: {}", detail);
    }
    current = new RoomHealth(ROOM, status, detail, clock.nowNs());
    publisher.accept(current);
  }
}
