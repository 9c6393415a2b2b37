package org.orrery.archive.runtime.putlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.ArchiveModule;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaPublisher;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.local.LocalBus;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.command.PutRecord.Stand;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.PutQuery;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;
import org.orrery.process.ProcessListener;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** From a real broker into a real database, records coming twice, in any order, over a kill. */
class PutLogVerticleTest {
  private static final ChannelId SPEED = new ChannelId("purif.pump-b.speed-set");
  private static final ChannelId OTHER = new ChannelId("other");
  @TempDir private Path directory;

  @Test
  void shouldKeepTheLastWordOnEveryCommandThoughTheDatabaseIsKilled() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Store store =
            Store.start(
                new StoreConfig.Embedded(
                    directory.resolve("pg"), Path.of("target", "postgres"), 32, 4));
        KafkaBroker broker =
            KafkaBroker.start(
                new BrokerConfig(directory.resolve("kafka"), 256, 256L << 20),
                ProcessListener.none())) {
      broker.ready().get(120, TimeUnit.SECONDS);
      assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));
      KafkaConfig kafka = KafkaConfig.embedded(broker.bootstrapServers());
      RoomContext room = room(vertx);
      vertx
          .deployVerticle(ArchiveModule.putLog(room, store, kafka))
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      KafkaTopics.ensure(kafka, Duration.ofSeconds(60));
      try (KafkaPublisher publisher = KafkaPublisher.forOutbox(kafka)) {
        // Given: the end before the beginning, and the beginning twice
        publish(publisher, put(2, "c-1", Stand.CONFIRMED, 5));
        publish(publisher, put(1, "c-1", Stand.ATTEMPTED, 5));
        publish(publisher, put(1, "c-1", Stand.ATTEMPTED, 5));
        await()
            .atMost(Duration.ofSeconds(90))
            .ignoreExceptions()
            .until(() -> all(room).size() == 1);

        // When
        store.process().orElseThrow().handle().orElseThrow().destroyForcibly();
        publish(publisher, put(3, "c-2", Stand.ATTEMPTED, 6));
        publish(publisher, put(4, "c-2", Stand.UNKNOWN, 6));
      }
      await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptions()
          .until(() -> all(room).size() == 2 && all(room).getFirst().stand() == Stand.UNKNOWN);

      // Then: the newest first
      assertThat(all(room))
          .containsExactly(put(4, "c-2", Stand.UNKNOWN, 6), put(2, "c-1", Stand.CONFIRMED, 5));
      assertThat(ask(room, new PutQuery(0, 6, Optional.of(SPEED), Set.of(), 10)))
          .extracting(put -> put.command().value())
          .containsExactly("c-1");
      assertThat(ask(room, new PutQuery(0, 9, Optional.of(OTHER), Set.of(), 10))).isEmpty();
      assertThat(ask(room, new PutQuery(0, 9, Optional.of(SPEED), Set.of(Stand.CONFIRMED), 10)))
          .extracting(put -> put.command().value())
          .containsExactly("c-1");
      assertThat(ask(room, new PutQuery(0, 9, Optional.empty(), Set.of(Stand.REFUSED), 10)))
          .isEmpty();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static List<PutRecord> all(RoomContext room) throws Exception {
    return ask(room, new PutQuery(0, Long.MAX_VALUE, Optional.empty(), Set.of(), 10));
  }

  private static List<PutRecord> ask(RoomContext room, PutQuery query) throws Exception {
    return room.bus()
        .request(Endpoints.ARCHIVE_PUTS, query)
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static void publish(KafkaPublisher publisher, PutRecord put) throws Exception {
    publisher
        .publish(KafkaTopics.PUTS, put.command().value(), Wire.PUT.encode(put))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private static PutRecord put(long sequence, String command, Stand stand, long issuedNs) {
    return new PutRecord(
        sequence,
        new CommandId(command),
        new ProposalId("p-1"),
        0,
        SPEED,
        "Hz",
        Optional.of(Value.of(40.0)),
        Value.of(50.0),
        "orrery",
        List.of("anna"),
        issuedNs,
        OptionalLong.of(issuedNs),
        issuedNs + sequence,
        stand,
        Optional.empty(),
        "",
        Optional.empty());
  }

  private RoomContext room(Vertx vertx) {
    SystemWallClock wall = new SystemWallClock();
    Facility facility =
        new Facility("probe", "Probe", "UTC", true, List.of("PHYSICS"), List.of(), Map.of());
    return new RoomContext(
        new LocalBus(vertx),
        new LocalSampleFeed(vertx, facility),
        facility,
        new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        directory,
        "test");
  }
}
