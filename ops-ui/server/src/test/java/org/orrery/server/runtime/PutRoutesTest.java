package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.command.PutRecord.Stand;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.PutQuery;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;
import org.orrery.server.ServerConfig;

/** The put log as it is asked for and told. */
class PutRoutesTest {
  private static final PutRecord REFUSED =
      new PutRecord(
          1,
          new CommandId("c-1"),
          new ProposalId("p-1"),
          0,
          new ChannelId("purif.pump-b.speed-set"),
          "Hz",
          Optional.empty(),
          Value.of(50.0),
          "orrery",
          List.of("anna"),
          5_000_000,
          OptionalLong.empty(),
          6_000_000,
          Stand.REFUSED,
          Optional.of(Reason.TAGGED_OUT),
          "somebody works there",
          Optional.empty());

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<PutQuery> asked = new CopyOnWriteArrayList<>();
  private ServerVerticle server;

  @BeforeEach
  void start() throws Exception {
    SystemWallClock wall = new SystemWallClock();
    Facility facility = new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of());
    RoomContext room =
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
                Endpoints.ARCHIVE_PUTS,
                query -> {
                  asked.add(query);
                  return Future.succeededFuture(List.of(REFUSED));
                });
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldTellTheWritesThatStandAsAskedForWithTheirReason() throws Exception {
    // When
    JsonNode told =
        new ObjectMapper()
            .readTree(
                new Browser(server.port())
                    .get("/api/v1/puts?stand=REFUSED,UNKNOWN&from=1&to=9&most=7")
                    .body());

    // Then
    assertThat(asked)
        .containsExactly(
            new PutQuery(
                1_000_000, 9_000_000, Optional.empty(), Set.of(Stand.REFUSED, Stand.UNKNOWN), 7));
    assertThat(told.path(0).path("reason").asText()).isEqualTo("TAGGED_OUT");
    assertThat(told.path(0).path("attemptedMs").isNull()).isTrue();
    assertThat(told.path(0).path("atMs").asDouble()).isEqualTo(6);
  }

  @Test
  void shouldTellEveryWriteWhereNoStandIsAskedFor() throws Exception {
    // When
    HttpResponse<String> answer = new Browser(server.port()).get("/api/v1/puts");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(asked).singleElement().matches(query -> query.stands().isEmpty());
  }

  @Test
  void shouldNameTheWordsThatItKnowsWhereAStandIsNone() throws Exception {
    // When
    HttpResponse<String> answer = new Browser(server.port()).get("/api/v1/puts?stand=DONE");

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("CONFIRMED", "UNKNOWN_FOR_GOOD");
    assertThat(asked).isEmpty();
  }

  /** Nobody may sign in. */
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
