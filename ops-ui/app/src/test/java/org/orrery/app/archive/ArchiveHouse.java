package org.orrery.app.archive;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.ArchiveModule;
import org.orrery.archive.core.Retention;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.value.ValueKind;
import org.orrery.server.ServerConfig;
import org.orrery.server.ServerModule;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** A real database, the archive on it and the server before it; samples are stored directly. */
final class ArchiveHouse implements AutoCloseable {
  /** 2026-11-23T10:00:00Z, plant ns. */
  static final long T0 = 1_795_428_000_000_000_000L;

  static final long SECOND_NS = 1_000_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final Store store;
  private final ServerModule server;

  /** Stores samples as if they had been received. */
  final ArchiveModule.Direct archive;

  /** Of an account that may do everything. */
  final String password;

  ArchiveHouse(Path folder) throws Exception {
    store = Store.start(new StoreConfig.Embedded(folder, Path.of("target", "postgres"), 64, 8));
    store.ready().get(120, TimeUnit.SECONDS);
    archive = ArchiveModule.direct(store, Retention.of(facility(), 0, List.of()));
    RoomContext room = room(folder);
    server =
        ServerModule.create(
            room.forRoom("server"),
            new ServerConfig("127.0.0.1", 0, true, 400, Set.of()),
            store.room("server"),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    // No broker there: what is stored can be asked for all the same.
    ArchiveConfig config = ArchiveConfig.of(KafkaConfig.embedded("127.0.0.1:1"));
    deploy(ArchiveModule.create(room.forRoom("archive"), store, config));
    deploy(server.verticle());
    password = server.firstAccount("admin").orElseThrow();
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  private void deploy(Deployable room) throws Exception {
    String unusedId =
        vertx
            .deployVerticle(room)
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
  }

  private RoomContext room(Path folder) throws IOException {
    SystemWallClock wall = new SystemWallClock();
    return new RoomContext(
        new LocalBus(vertx),
        new LocalSampleFeed(vertx, facility()),
        facility(),
        new ScaledPlantClock(wall, T0 + 86_400 * SECOND_NS, wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        folder,
        "test");
  }

  static Facility facility() {
    List<Channel> all = new ArrayList<>();
    all.add(channel("cryo.temperature", "pva://LAR:CRYO:T1", ValueKind.DOUBLE, "K", List.of()));
    all.add(channel("cryo.count", "LAR:CRYO:N", ValueKind.LONG, "", List.of()));
    all.add(channel("cryo.pump", "LAR:PUMP:STATE", ValueKind.CHOICE, "", List.of("OFF", "ON")));
    all.add(channel("cryo.note", "LAR:NOTE", ValueKind.TEXT, "", List.of()));
    all.add(channel("fe.waveform", "LAR:FE:WF", ValueKind.DOUBLE_ARRAY, "ADC", List.of()));
    all.add(channel("fe.spectrum", "LAR:FE:HIST", ValueKind.HISTOGRAM, "", List.of()));
    all.add(channel("copy.temperature", "LAR:COPY:T1", ValueKind.DOUBLE, "K", List.of()));
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    all.forEach(channel -> channels.put(channel.id(), channel));
    return new Facility("test", "Test", "UTC", true, List.of("PHYSICS"), List.of(), channels);
  }

  private static Channel channel(
      String id, String pv, ValueKind kind, String egu, List<String> choices) {
    return new Channel(
        new ChannelId(id),
        pv,
        kind,
        egu,
        egu,
        "cryostat",
        "device",
        "about " + id,
        choices,
        0,
        0,
        AlarmSettings.NONE,
        Optional.empty(),
        List.of());
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    store.close();
  }
}
