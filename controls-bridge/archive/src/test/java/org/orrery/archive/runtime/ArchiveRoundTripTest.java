package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.ArchiveModule;
import org.orrery.archive.Samples;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.SampleRelay;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.process.ProcessListener;
import org.orrery.store.Database;
import org.orrery.store.Store;

/** The whole way from the feed to the table, with everything on it killed once. */
class ArchiveRoundTripTest {
  private static final int CHANNELS = 10;

  @TempDir Path directory;

  private static RoomContext room(Vertx vertx, Path data) {
    SystemWallClock wall = new SystemWallClock();
    Facility facility =
        new Facility("probe", "Probe", "UTC", true, List.of("PHYSICS"), List.of(), Map.of());
    return new RoomContext(
        new LocalBus(vertx),
        new LocalSampleFeed(vertx, facility),
        facility,
        new ScaledPlantClock(wall, Samples.T0, wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        data,
        "test");
  }

  @Test
  void shouldStoreEverythingAcknowledgedExactlyOnceThoughEveryPartIsKilled() throws Exception {
    Map<ChannelId, Set<Long>> acknowledged = new ConcurrentHashMap<>();
    AtomicReference<LossCount> count = new AtomicReference<>();
    Vertx vertx = Vertx.vertx();
    try (Store store = Servers.start(directory.resolve("pg"));
        KafkaBroker broker =
            KafkaBroker.start(
                new BrokerConfig(directory.resolve("kafka"), 256, 256L << 20),
                ProcessListener.none())) {
      // Given
      broker.ready().get(120, TimeUnit.SECONDS);
      RoomContext room = room(vertx, directory);
      KafkaConfig kafka = KafkaConfig.embedded(broker.bootstrapServers());
      SampleRelay relay =
          new SampleRelay(
              room,
              kafka,
              (sample, at) ->
                  acknowledged
                      .computeIfAbsent(sample.channel(), id -> ConcurrentHashMap.newKeySet())
                      .add(sample.sequence()));
      room.bus()
          .subscribe(
              Topics.LOSS,
              loss -> {
                if (loss.stage().equals(SampleIngest.STAGE)) {
                  count.set(loss);
                }
              });
      vertx.deployVerticle(relay).toCompletionStage().toCompletableFuture().get();
      ArchiveConfig config = new ArchiveConfig(kafka, 500, Duration.ofMillis(50), 0, List.of());
      String archive = deploy(vertx, room, store, config);
      Database database = store.room("archive");
      Publisher publisher = new Publisher(room);

      // When
      await().atMost(Duration.ofSeconds(60)).until(() -> rows(database) > 500);
      store.process().orElseThrow().handle().orElseThrow().destroyForcibly();
      progress(acknowledged, database);
      broker.process().handle().orElseThrow().destroyForcibly();
      progress(acknowledged, database);
      vertx.undeploy(archive).toCompletionStage().toCompletableFuture().get();
      deploy(vertx, room, store, config);
      progress(acknowledged, database);
      publisher.end();

      // Then
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(relay.lossCount().pending()).isZero());
      LossCount carried = relay.lossCount();
      assertThat(carried.dropped()).isZero();
      await().atMost(Duration.ofSeconds(60)).until(() -> rows(database) >= carried.out());
      assertThat(rows(database)).isEqualTo(total(acknowledged));
      acknowledged.forEach(
          (channel, sequences) -> assertThat(sequences(database, channel)).containsAll(sequences));
      assertThat(Servers.count(database, "select sum(n) from rollup")).isEqualTo(rows(database));
      assertThat(Servers.count(database, "select sum(n) from rollup_hour"))
          .isEqualTo(rows(database));
      assertThat(Servers.count(database, "select count(*) from loss")).isZero();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                LossCount archived = count.get();
                assertThat(archived.in())
                    .isEqualTo(archived.out() + archived.dropped() + archived.pending());
              });
      History history =
          room.bus()
              .request(
                  Endpoints.ARCHIVE_HISTORY,
                  new HistoryQuery(
                      new ChannelId("trip.c0"),
                      Samples.T0,
                      Samples.T0 + 3_600_000_000_000L,
                      new HistoryQuery.Resolution.Raw(100_000)))
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
      assertThat(history.points())
          .hasSize(acknowledged.get(new ChannelId("trip.c0")).size())
          .isSortedAccordingTo(Comparator.comparingLong(History.Point::timeNs));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static String deploy(Vertx vertx, RoomContext room, Store store, ArchiveConfig config)
      throws Exception {
    return vertx
        .deployVerticle(ArchiveModule.create(room, store, config))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  /** Something was acknowledged and stored after now. */
  private static void progress(Map<ChannelId, Set<Long>> acknowledged, Database database) {
    long before = total(acknowledged);
    await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .until(() -> total(acknowledged) > before + 500 && rows(database) > before + 500);
  }

  private static long total(Map<ChannelId, Set<Long>> acknowledged) {
    return acknowledged.values().stream().mapToLong(Set::size).sum();
  }

  private static long rows(Database database) {
    return Servers.count(database, "select count(*) from sample");
  }

  private static Set<Long> sequences(Database database, ChannelId channel) {
    return database.inTransaction(
        connection -> {
          Set<Long> found = new HashSet<>();
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select s.sequence from sample s join channel c on c.number = s.channel"
                          + " where c.id = '"
                          + channel
                          + "'")) {
            while (row.next()) {
              found.add(row.getLong(1));
            }
          }
          return found;
        });
  }

  /** Publishes some 2,000 samples per second until ended. */
  private static final class Publisher {
    private final Thread thread;

    Publisher(RoomContext room) {
      this.thread = Thread.ofPlatform().daemon().start(() -> publish(room));
    }

    void end() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }

    private static void publish(RoomContext room) {
      try {
        for (long sequence = 0; ; sequence++) {
          for (int channel = 0; channel < CHANNELS; channel++) {
            Sample sample =
                Samples.number(
                    "trip.c" + channel,
                    Samples.T0 + sequence * 5_000_000,
                    sequence,
                    Math.sin(sequence));
            room.feed().publish(sample);
          }
          Thread.sleep(5);
        }
      } catch (InterruptedException e) {
        // ended
      }
    }
  }
}
