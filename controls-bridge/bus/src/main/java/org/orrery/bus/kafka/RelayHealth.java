package org.orrery.bus.kafka;

import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.health.RoomHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Kafka takes what is handed over. One log line per change. {@link #progress()} may be
 * called from any thread, the rest from one.
 */
final class RelayHealth {
  private static final Logger LOG = LoggerFactory.getLogger(RelayHealth.class);
  private static final long SILENCE_NS = 5_000_000_000L;
  private static final int REPEAT_CHECKS = 10;

  private final RoomContext room;
  private final String name;
  private final String servers;
  private volatile long progressNs;
  private RoomHealth current;
  private int checks;

  RelayHealth(RoomContext room, String name, String servers) {
    this.room = room;
    this.name = name;
    this.servers = servers;
    this.progressNs = room.wallClock().nowNs();
    this.current = new RoomHealth(name, RoomHealth.Status.UP, "", progressNs);
  }

  /** Something was acknowledged, or nothing is owed. */
  void progress() {
    progressNs = room.wallClock().nowNs();
  }

  /** Call about once a second with what waits for an acknowledgement. */
  void check(long pending) {
    long nowNs = room.wallClock().nowNs();
    boolean silent = pending > 0 && nowNs - progressNs > SILENCE_NS;
    if (silent && current.status() == RoomHealth.Status.UP) {
      LOG.warn("kafka at {} does not acknowledge; {} records wait", servers, pending);
      change(
          RoomHealth.Status.DEGRADED,
          "Kafka does not acknowledge; samples wait, then are thinned and counted");
    } else if (!silent && current.status() != RoomHealth.Status.UP) {
      LOG.info(
          "kafka at {} acknowledges again after {} s",
          servers,
          (nowNs - current.sinceNs()) / 1_000_000_000L);
      change(RoomHealth.Status.UP, "");
    } else if (++checks % REPEAT_CHECKS == 0) {
      publish();
    }
  }

  private void change(RoomHealth.Status status, String detail) {
    current = new RoomHealth(name, status, detail, room.wallClock().nowNs());
    publish();
  }

  void publish() {
    room.bus().publish(Topics.ROOM_HEALTH, current);
  }
}
