package org.orrery.gateway.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.health.RoomHealth;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvReader;
import org.orrery.gateway.GatewayConfig;

/**
 * Puts a monitor's histograms on the bus. It has connections of its own, so that thousands of
 * histograms hold up no slow-control channel, and its reader cannot write.
 */
public final class HistogramVerticle extends VerticleBase {
  private static final String ROOM = "histograms";
  private static final long SECOND_MS = 1_000;
  private static final long REPEAT_NS = 10_000_000_000L;

  private final RoomContext room;
  private final GatewayConfig config;
  private final String prefix;
  private final Function<PvClientSettings, PvReader> readers;
  private @Nullable PvReader reader;
  private @Nullable RoomHealth last;
  private long toldNs;

  /**
   * @param prefix what the names of the monitor's facts begin with
   * @param readers opens the control-system reader; called once, on a worker thread
   */
  public HistogramVerticle(
      RoomContext room,
      GatewayConfig config,
      String prefix,
      Function<PvClientSettings, PvReader> readers) {
    this.room = room;
    this.config = config;
    this.prefix = prefix;
    this.readers = readers;
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> readers.apply(Resources.clientSettings(config)))
        .onSuccess(
            opened -> {
              reader = opened;
              HistogramReader histograms =
                  new HistogramReader(
                      opened,
                      prefix,
                      histogram -> room.bus().publish(Topics.DQM_HISTOGRAMS, histogram));
              histograms.open();
              vertx.setPeriodic(SECOND_MS, timer -> tell(histograms.standing()));
            });
  }

  /** Says how it is when that changes, and about every ten seconds. */
  private void tell(HistogramStanding standing) {
    String trouble = standing.trouble(prefix, room.plantClock().nowNs());
    RoomHealth.Status status =
        trouble.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED;
    long wallNs = room.wallClock().nowNs();
    RoomHealth before = last;
    long sinceNs = before != null && before.status() == status ? before.sinceNs() : wallNs;
    RoomHealth now = new RoomHealth(ROOM, status, trouble, sinceNs);
    if (!now.equals(before) || wallNs - toldNs >= REPEAT_NS) {
      last = now;
      toldNs = wallNs;
      room.bus().publish(Topics.ROOM_HEALTH, now);
    }
  }

  @Override
  public Future<?> stop() {
    PvReader open = reader;
    return open == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              open.close();
              return true;
            });
  }
}
