package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.server.ServerConfig;

/** What is told of the bridge: to people as JSON, to Prometheus as figures. */
class BridgeRoutesTest {
  private static final BridgeHealth.Traffic TRAFFIC =
      new BridgeHealth.Traffic(1_000, 41.5, 3, 2, 5_000_000_000L);

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<BridgeQuery> asked = new CopyOnWriteArrayList<>();
  private volatile String address = "10.0.0.1:5075";
  private RoomContext room;
  private ServerVerticle server;

  @BeforeEach
  void start() throws Exception {
    SystemWallClock wall = new SystemWallClock();
    Facility facility = new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of());
    room =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility),
            facility,
            new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
            wall,
            new TimeSortedIds(wall, new Random(1)),
            1,
            folder,
            "test");
    server =
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 50, Set.of()),
            new NoAccounts(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    var unused =
        room.bus()
            .serve(
                Endpoints.GATEWAY_BRIDGE_HEALTH,
                query -> {
                  asked.add(query);
                  return Future.succeededFuture(health());
                });
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldTellServersChannelsAndStagesOfWhatWasAskedFor() throws Exception {
    // Given
    Browser anybody = new Browser(server.port());
    room.bus().publish(Topics.LOSS, new LossCount("gateway", 110, 100, 0, 0, 0, 10));
    room.bus().publish(Topics.LOSS, new LossCount("feed.kafka", 96, 80, 9, 1, 0, 2));
    anybody.until("/metrics", "feed.kafka");

    // When
    JsonNode told =
        new ObjectMapper().readTree(anybody.get("/api/v1/bridge?find=FLOW+x&most=7").body());

    // Then
    assertThat(asked).contains(new BridgeQuery("flow x", 7));
    assertThat(told.path("servers").path(0).path("links").path("STALE").asInt()).isEqualTo(2);
    assertThat(told.path("servers").path(0).path("delayP99S").asDouble()).isEqualTo(0.25);
    assertThat(told.path("servers").path(0).path("delayP50S").isNull()).isTrue();
    assertThat(told.path("channels").path(0).path("detail").asText()).isEqualTo("silent");
    JsonNode kafka = told.path("stages").path(0);
    assertThat(kafka.path("unaccounted").asLong()).isEqualTo(4);
    assertThat(kafka.path("before").asText()).isEqualTo("gateway");
    assertThat(kafka.path("between").asLong()).isEqualTo(4);
    assertThat(anybody.get("/api/v1/bridge?most=x").statusCode()).isEqualTo(400);
  }

  @Test
  void shouldGiveEveryServerFiguresForAsLongAsItIsThere() throws Exception {
    // Given
    Browser prometheus = new Browser(server.port());
    String before = prometheus.until("/metrics", "10.0.0.1:5075").body();

    // When
    address = "10.0.0.2:5075";
    String after = prometheus.until("/metrics", "10.0.0.2:5075").body();

    // Then
    assertThat(before)
        .contains(
            "orrery_bridge_channels{state=\"STALE\"} 2.0",
            "orrery_bridge_ioc_channels{ioc=\"10.0.0.1:5075\",state=\"CONNECTED\"} 5.0",
            "orrery_bridge_ioc_updates_total{ioc=\"10.0.0.1:5075\"} 1000.0",
            "orrery_bridge_ioc_lost_total{ioc=\"10.0.0.1:5075\"} 3.0",
            "orrery_bridge_ioc_disconnections_total{ioc=\"10.0.0.1:5075\"} 2.0",
            "orrery_bridge_ioc_delay_seconds{ioc=\"10.0.0.1:5075\",quantile=\"0.99\"} 0.25",
            "orrery_bridge_ioc_delay_seconds{ioc=\"10.0.0.1:5075\",quantile=\"0.5\"} NaN",
            "orrery_bridge_ioc_silence_seconds{ioc=\"10.0.0.1:5075\"} 2.0");
    assertThat(after).doesNotContain("10.0.0.1:5075");
  }

  private BridgeHealth health() {
    return new BridgeHealth(
        7_000_000_000L,
        List.of(
            new BridgeHealth.ServerHealth(
                address,
                new BridgeHealth.Links(5, 2, 0, 0),
                TRAFFIC,
                OptionalDouble.empty(),
                OptionalDouble.of(0.25))),
        1,
        List.of(
            new BridgeHealth.ChannelFigures(
                new ChannelHealth(
                    new ChannelId("purif.flow"), ChannelHealth.Link.STALE, "silent", 1),
                address,
                TRAFFIC)));
  }

  private static final class NoAccounts implements AccountStore {
    @Override
    public Optional<Account> find(String name) {
      return Optional.empty();
    }

    @Override
    public List<Account> all() {
      return List.of();
    }

    @Override
    public void put(Account account) {}
  }
}
