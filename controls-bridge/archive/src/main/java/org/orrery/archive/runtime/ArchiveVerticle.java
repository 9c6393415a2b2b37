package org.orrery.archive.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.core.GapTracker;
import org.orrery.archive.core.Retention;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.store.Database;
import org.orrery.store.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive on one event loop: it passes messages on and answers; SQL and Kafka run on threads of
 * their own.
 */
public final class ArchiveVerticle extends VerticleBase {
  private static final long SECOND_MS = 1_000;
  private static final int HEALTH_EVERY_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveVerticle.class);

  /** Leaves connections of the pool to the others. */
  private static final int MAX_QUERIES_AT_ONCE = 4;

  /** A page with a dozen plots for each of a few people. */
  private static final int MAX_QUERIES_WAITING = 64;

  private static final long QUERY_PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);
  private static final long RETENTION_MS = 600_000;

  /** Soon: before it, what an earlier version forgot is not known as forgotten. */
  private static final long FIRST_RETENTION_MS = 10_000;

  private final RoomContext room;
  private final Database database;
  private final ArchiveConfig config;
  private final ArchiveHealth health;
  private final GapTracker gaps = new GapTracker();
  private final ChannelNumbers numbers;
  private final Retention keep;
  private final Engines engines;
  private final HistoryReader reader;
  private final Questions questions =
      new Questions(MAX_QUERIES_AT_ONCE, MAX_QUERIES_WAITING, QUERY_PATIENCE_NS);
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private @Nullable SampleIngest ingest;
  private @Nullable GapWriter gapWriter;
  private @Nullable FactWriter facts;
  private final AtomicInteger failedSweeps = new AtomicInteger();
  private int seconds;

  /**
   * Creates the verticle; nothing starts yet.
   *
   * @param room what every room is handed
   * @param database the archive's schema
   * @param config where samples come from
   */
  public ArchiveVerticle(RoomContext room, Database database, ArchiveConfig config) {
    this.room = room;
    this.database = database;
    this.config = config;
    this.health =
        new ArchiveHealth(
            room.wallClock(), change -> room.bus().publish(Topics.ROOM_HEALTH, change));
    this.keep = Retention.of(room.facility(), config.rawDays(), config.groups());
    this.numbers = new ChannelNumbers(database, keep::groupOf);
    this.engines = new Engines(database, numbers);
    this.reader = new HistoryReader(database, numbers);
  }

  @Override
  public Future<?> start() {
    GapWriter writer = new GapWriter(database, numbers);
    SampleWriter store = new SampleWriter(database, numbers, engines);
    SampleIngest samples = new SampleIngest(config, database, store, health);
    gapWriter = writer;
    ingest = samples;
    subscriptions.add(
        room.bus().subscribe(Topics.CHANNEL_HEALTH, channel -> writer.store(gaps.step(channel))));
    subscriptions.add(room.bus().serve(Endpoints.ARCHIVE_HISTORY, this::answer));
    subscriptions.add(
        room.bus().serve(Endpoints.ARCHIVE_PAGE, query -> questions.ask(() -> reader.page(query))));
    subscriptions.add(
        room.bus()
            .serve(
                Endpoints.ARCHIVE_BACKFILL,
                request -> questions.ask(() -> store.backfill(request))));
    FactWriter told = FactWriter.open(room, database);
    facts = told;
    vertx.setPeriodic(SECOND_MS, timer -> tell(samples, writer, told));
    RawRetention retention = new RawRetention(database, engines, keep);
    vertx.setPeriodic(
        FIRST_RETENTION_MS, RETENTION_MS, timer -> questions.beside(() -> enforce(retention)));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    return vertx.executeBlocking(
        () -> {
          if (ingest != null) {
            ingest.close();
          }
          if (gapWriter != null) {
            gapWriter.close();
          }
          if (facts != null) {
            facts.close();
          }
          questions.close();
          return true;
        });
  }

  /** A long query, or a database that is away, may keep old samples from going once. */
  private void enforce(RawRetention retention) {
    try {
      retention.enforce(room.plantClock().nowNs());
      failedSweeps.set(0);
      health.oldGoes();
    } catch (DatabaseException e) {
      LOG.debug("old samples stay", e);
      if (failedSweeps.incrementAndGet() > 1) {
        health.oldStays(String.valueOf(e.getMessage()));
      }
    }
  }

  private void tell(SampleIngest samples, GapWriter writer, FactWriter told) {
    room.bus().publish(Topics.LOSS, samples.lossCount());
    room.bus().publish(Topics.LOSS, writer.lossCount());
    room.bus().publish(Topics.LOSS, told.lossCount());
    if (++seconds % HEALTH_EVERY_SECONDS == 0) {
      room.bus().publish(Topics.ROOM_HEALTH, health.current());
    }
  }

  private Future<History> answer(HistoryQuery query) {
    return questions.ask(() -> reader.read(query));
  }
}
