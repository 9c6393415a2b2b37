package org.orrery.archive.runtime;

import java.util.Optional;
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
  private Optional<RoomHealth> stays = Optional.empty();

  ArchiveHealth(WallClock clock, Consumer<RoomHealth> publisher) {
    this.clock = clock;
    this.publisher = publisher;
    this.current = new RoomHealth(ROOM, RoomHealth.Status.DEGRADED, "starting", clock.nowNs());
  }

  synchronized RoomHealth current() {
    return current.status() == RoomHealth.Status.UP ? stays.orElse(current) : current;
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

  /** Samples are stored, but what is too old does not go, so that the disk fills. */
  synchronized void oldStays(String why) {
    String detail = "raw samples that are too old stay, the disk fills: " + why;
    if (stays.isEmpty()) {
      LOG.warn("{}", detail);
    }
    long sinceNs = stays.map(RoomHealth::sinceNs).orElseGet(clock::nowNs);
    stays = Optional.of(new RoomHealth(ROOM, RoomHealth.Status.DEGRADED, detail, sinceNs));
  }

  synchronized void oldGoes() {
    stays = Optional.empty();
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
