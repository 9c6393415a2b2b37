package org.orrery.lab.bench.ingest;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.ArchiveModule;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.kafka.AckListener;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.kafka.SampleRelay;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Bytes;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.sample.LossCount;
import org.orrery.epics.client.PvaOptions;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.GatewayModule;
import org.orrery.process.ProcessListener;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;
import org.orrery.supervision.SupervisionModule;

/**
 * Everything between a PV and a stored row, wired as in a running Orrery: pvAccess server, gateway,
 * feed, relay, Kafka broker, archive, PostgreSQL. Plant time is wall time. Thread-safe.
 */
final class IngestRig implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final LossCount NOTHING = new LossCount("", 0, 0, 0, 0, 0, 0);

  private final Vertx vertx;
  private final KafkaBroker broker;
  private final Store store;
  private final IngestSource source;
  private final RoomContext room;
  private final Map<String, LossCount> losses = new ConcurrentHashMap<>();
  private final LongAdder disconnects = new LongAdder();
  private volatile @Nullable String gateway;

  private IngestRig(
      Vertx vertx, KafkaBroker broker, Store store, IngestSource source, RoomContext room) {
    this.vertx = vertx;
    this.broker = broker;
    this.store = store;
    this.source = source;
    this.room = room;
  }

  /**
   * Starts all parts in a folder.
   *
   * @param pva the pvAccess client that the gateway uses
   * @param acks told of every sample that Kafka acknowledged
   */
  static IngestRig start(Path folder, int channels, PvaOptions pva, AckListener acks)
      throws IOException, InterruptedException {
    SystemWallClock wall = new SystemWallClock();
    long now = wall.nowNs();
    Vertx vertx = Vertx.vertx();
    Facility facility = IngestSource.facility(channels);
    RoomContext room =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility),
            facility,
            new ScaledPlantClock(wall, now, now, 1),
            wall,
            new TimeSortedIds(wall, new Random(1)),
            1,
            folder,
            "bench");
    IngestRig rig =
        new IngestRig(
            vertx,
            KafkaBroker.start(BrokerConfig.in(folder.resolve("kafka")), ProcessListener.none()),
            Store.start(StoreConfig.Embedded.in(folder.resolve("postgres"))),
            new IngestSource(channels, wall),
            room);
    try {
      rig.wire(pva, acks);
      return rig;
    } catch (IOException | InterruptedException | RuntimeException e) {
      rig.close();
      throw e;
    }
  }

  private void wire(PvaOptions pva, AckListener acks) throws IOException, InterruptedException {
    await(broker.ready()::get);
    await(store.ready()::get);
    KafkaConfig kafka = KafkaConfig.embedded(broker.bootstrapServers());
    KafkaTopics.ensure(kafka, PATIENCE);
    room.bus().subscribe(Topics.LOSS, count -> losses.put(count.stage(), count));
    room.bus()
        .subscribe(
            Topics.CHANNEL_HEALTH,
            health -> {
              if (health.link() == ChannelHealth.Link.DISCONNECTED) {
                disconnects.increment();
              }
            });
    String unusedArchive = deploy(ArchiveModule.create(room, store, ArchiveConfig.of(kafka)));
    String unusedRelay = deploy(new SampleRelay(room, kafka, acks));
    Bytes key = Bytes.of(SupervisionModule.publicKey(room.data()).getEncoded());
    GatewayConfig config = GatewayConfig.of(key, source.searchAddress()).withPva(pva);
    gateway = deploy(GatewayModule.create(room, config));
  }

  private interface Wait {
    Object get(long amount, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException;
  }

  private static Object await(Wait wait) throws IOException, InterruptedException {
    try {
      return wait.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a part of the bench did not start or answer: " + e, e);
    }
  }

  private String deploy(Deployable part) throws IOException, InterruptedException {
    return (String)
        await(vertx.deployVerticle(part).toCompletionStage().toCompletableFuture()::get);
  }

  IngestSource source() {
    return source;
  }

  RoomContext room() {
    return room;
  }

  /** What a stage said last; each speaks once a second. */
  LossCount loss(String stage) {
    return losses.getOrDefault(stage, NOTHING);
  }

  /** How often a channel lost its connection, its not yet having one at the start included. */
  long disconnects() {
    return disconnects.sum();
  }

  /** Counts what can be retrieved, channel by channel. */
  long retrievable() throws IOException, InterruptedException {
    long day = 86_400_000_000_000L;
    long now = room.plantClock().nowNs();
    long count = 0;
    for (ChannelId id : room.facility().channels().keySet()) {
      Future<History> answer =
          room.bus()
              .request(
                  Endpoints.ARCHIVE_HISTORY,
                  new HistoryQuery(
                      id, now - day, now + day, new HistoryQuery.Resolution.Raw(10_000_000)));
      History history = (History) await(answer.toCompletionStage().toCompletableFuture()::get);
      count += history.points().stream().mapToLong(History.Point::count).sum();
    }
    return count;
  }

  /** Counts the rows of the archive's table in the database itself. */
  long rows() {
    return store
        .room("archive")
        .inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet count = statement.executeQuery("select count(*) from sample")) {
                count.next();
                return count.getLong(1);
              }
            });
  }

  @Override
  public void close() {
    try {
      // The gateway first: what it says of its channels needs listeners.
      String deployed = gateway;
      if (deployed != null) {
        Object unusedDone =
            await(vertx.undeploy(deployed).toCompletionStage().toCompletableFuture()::get);
      }
      Object unusedClosed = await(vertx.close().toCompletionStage().toCompletableFuture()::get);
    } catch (IOException e) {
      System.getLogger(IngestRig.class.getName()).log(System.Logger.Level.WARNING, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    source.close();
    broker.close();
    store.close();
  }
}
