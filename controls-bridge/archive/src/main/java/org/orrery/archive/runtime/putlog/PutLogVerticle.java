package org.orrery.archive.runtime.putlog;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.contract.health.RoomHealth;
import org.orrery.store.Database;

/** The put log on one event loop; SQL and Kafka run on threads of their own. */
public final class PutLogVerticle extends VerticleBase {
  private static final String ROOM = "put-log";
  private static final long REPEAT_MS = 10_000;

  private final RoomContext room;
  private final KafkaConfig kafka;
  private final Database database;
  private final PutTable table;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private RoomHealth health;
  private @Nullable PutIngest ingest;

  /**
   * Creates the verticle; nothing starts yet.
   *
   * @param database the archive's schema
   */
  public PutLogVerticle(RoomContext room, Database database, KafkaConfig kafka) {
    this.room = room;
    this.kafka = kafka;
    this.database = database;
    this.table = new PutTable(database);
    this.health =
        new RoomHealth(ROOM, RoomHealth.Status.DEGRADED, "starting", room.wallClock().nowNs());
  }

  @Override
  public Future<?> start() {
    ingest =
        new PutIngest(
            kafka, database, table, trouble -> context.runOnContext(go -> report(trouble)));
    subscriptions.add(
        room.bus()
            .serve(
                Endpoints.ARCHIVE_PUTS,
                query ->
                    vertx
                        .executeBlocking(() -> table.read(query), false)
                        .map(puts -> Objects.requireNonNull(puts))));
    vertx.setPeriodic(REPEAT_MS, timer -> room.bus().publish(Topics.ROOM_HEALTH, health));
    return Future.succeededFuture();
  }

  private void report(String trouble) {
    RoomHealth.Status status =
        trouble.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED;
    if (health.status() != status || !health.detail().equals(trouble)) {
      health = new RoomHealth(ROOM, status, trouble, room.wallClock().nowNs());
      room.bus().publish(Topics.ROOM_HEALTH, health);
    }
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    PutIngest running = ingest;
    return running == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              running.close();
              return true;
            });
  }
}
