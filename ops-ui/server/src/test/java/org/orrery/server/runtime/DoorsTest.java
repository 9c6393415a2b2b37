package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.twin.Forecast;
import org.orrery.contract.value.ValueKind;
import org.orrery.server.ServerConfig;

/** Who may come in, and what is told at the door. */
class DoorsTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final ChannelId FLOW = new ChannelId("purif.flow");

  private final Vertx vertx = Vertx.vertx();
  private final Passwords passwords = new Passwords();

  @TempDir Path folder;

  private RoomContext room;
  private ServerVerticle server;

  @BeforeEach
  void start() throws Exception {
    room = room();
    server =
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 50, Set.of("gateway")),
            new SomeAccounts(passwords),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldLetAnAdministratorWithoutAnyOtherRoleStopWriting() throws Exception {
    // Given
    var unused =
        room.bus()
            .serve(
                Endpoints.GATE_WRITING,
                request ->
                    Future.succeededFuture(
                        new Reply.Done<>(
                            new WritingState(
                                true, request.person().name(), "smoke", 0, List.of()))));
    Browser admin = new Browser(server.port());
    admin.signIn("admin", PASSWORD);

    // When
    HttpResponse<String> answer =
        admin.send("POST", "/api/v1/writing", "{\"action\":\"STOP\",\"reason\":\"smoke\"}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"by\":\"admin\"");
    assertThat(admin.send("POST", "/api/v1/proposals/x/approve", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void shouldLetAnAdministratorWithoutAnyOtherRoleStopAPlanButNotTakeItBack() throws Exception {
    // Given
    List<DecisionRequest> asked = new CopyOnWriteArrayList<>();
    var unused =
        room.bus()
            .serve(
                Endpoints.PROPOSALS_DECIDE,
                request -> {
                  asked.add(request);
                  return Future.succeededFuture(new Reply.Declined<>("scripted"));
                });
    Browser admin = new Browser(server.port());
    admin.signIn("admin", PASSWORD);

    // When
    HttpResponse<String> answer =
        admin.send("POST", "/api/v1/proposals/p-7/stop", "{\"reason\":\"it smells\"}");

    // Then
    assertThat(answer.body()).contains("scripted");
    assertThat(admin.send("POST", "/api/v1/proposals/p-7/rollback", "{}").statusCode())
        .isEqualTo(403);
    assertThat(asked)
        .singleElement()
        .isInstanceOfSatisfying(
            DecisionRequest.Stop.class,
            stop -> {
              assertThat(stop.proposal()).isEqualTo(new ProposalId("p-7"));
              assertThat(stop.person().name()).isEqualTo("admin");
              assertThat(stop.reason()).isEqualTo("it smells");
            });
  }

  @Test
  void shouldClaimNothingAboutTheWritingSwitchBeforeTheGatewayHasSpoken() throws Exception {
    // Given
    Browser anybody = new Browser(server.port());

    // When
    String before = anybody.get("/api/v1/writing").body();
    room.bus().publish(Topics.WRITING_STATE, new WritingState(true, "ben", "smoke", 0, List.of()));
    String after = anybody.until("/api/v1/writing", "\"known\":true").body();

    // Then
    assertThat(before).contains("\"known\":false", "\"stopped\":null");
    assertThat(after).contains("\"stopped\":true", "\"by\":\"ben\"");
  }

  @Test
  void shouldShowTheListOfAccountsToAdministratorsOnly() throws Exception {
    // Given
    Browser anybody = new Browser(server.port());
    Browser expert = new Browser(server.port());
    expert.signIn("expert", PASSWORD);
    Browser admin = new Browser(server.port());
    admin.signIn("admin", PASSWORD);

    // Then
    assertThat(anybody.get("/api/v1/overview").statusCode()).isEqualTo(200);
    assertThat(anybody.get("/api/v1/accounts").statusCode()).isEqualTo(401);
    assertThat(expert.get("/api/v1/accounts").statusCode()).isEqualTo(403);
    assertThat(admin.get("/api/v1/accounts").body()).contains("\"expert\"");
  }

  @Test
  void shouldBeReadyOnlyOnceEveryExpectedRoomWasHeard() throws Exception {
    // Given
    Browser anybody = new Browser(server.port());
    assertThat(anybody.get("/health/ready").statusCode()).isEqualTo(503);

    // When
    var unused =
        room.bus()
            .serve(
                Endpoints.GATEWAY_BRIDGE_HEALTH,
                query -> Future.succeededFuture(FeedWatchTest.heardAt(0)));
    room.bus().publish(Topics.ROOM_HEALTH, new RoomHealth("gateway", RoomHealth.Status.UP, "", 0));

    // Then
    assertThat(anybody.until("/health/ready", "{\"status\":\"UP\"").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTellPrometheusWhatBecameOfTheSamplesAndHowTheRoomsAre() throws Exception {
    // When
    room.bus().publish(Topics.LOSS, new LossCount("feed.twin", 100, 90, 7, 3, 2, 0));
    String metrics = new Browser(server.port()).until("/metrics", "feed.twin").body();

    // Then
    assertThat(metrics)
        .contains(
            "orrery_samples_total{outcome=\"dropped\",stage=\"feed.twin\"} 3.0",
            "orrery_samples_total{outcome=\"in\",stage=\"feed.twin\"} 100.0",
            "orrery_room{room=\"gateway\",status=\"DOWN\"} 1.0",
            "orrery_writing_stopped NaN",
            "jvm_memory_used_bytes");
  }

  @Test
  void shouldSendTheLimitsOfEveryMode() throws Exception {
    // When
    String facility = new Browser(server.port()).get("/api/v1/facility").body();

    // Then
    var channel = new ObjectMapper().readTree(facility).path("channels").path(0);
    assertThat(channel.path("limits").path("low").asDouble()).isEqualTo(1);
    assertThat(channel.path("limitsByMode").path("STANDBY").path("low").isNull()).isTrue();
    assertThat(channel.path("limitsByMode").has("*")).isFalse();
  }

  @Test
  void shouldLetOnlyOneForecastWaitBehindAnother() throws Exception {
    // Given
    CountDownLatch asked = new CountDownLatch(2);
    Promise<Forecast> never = Promise.promise();
    var unused =
        room.bus()
            .serve(
                Endpoints.TWIN_FORECAST,
                request -> {
                  asked.countDown();
                  return never.future();
                });
    Browser anybody = new Browser(server.port());
    String path = "/api/v1/twin/forecast?channels=purif.flow&horizonMs=60000";
    CompletableFuture<?> first = anybody.start(path);
    CompletableFuture<?> second = anybody.start(path);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    // When
    HttpResponse<String> third = anybody.get(path);

    // Then
    assertThat(third.statusCode()).isEqualTo(429);

    // When
    never.fail("no twin");
    CompletableFuture.allOf(first, second).get(10, TimeUnit.SECONDS);

    // Then
    assertThat(anybody.get(path).statusCode()).isEqualTo(503);
  }

  @Test
  void shouldRefuseAPasswordThatWouldNotBeReadToItsEnd() throws Exception {
    // Given
    Browser admin = new Browser(server.port());
    admin.signIn("admin", PASSWORD);
    String tooLong = "x".repeat(73);

    // When
    HttpResponse<String> answer =
        admin.send(
            "POST",
            "/api/v1/accounts",
            "{\"name\":\"ben\",\"password\":\"%s\",\"roles\":[]}".formatted(tooLong));

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(
            admin
                .send(
                    "POST",
                    "/api/v1/session",
                    "{\"name\":\"expert\",\"password\":\"%s\"}".formatted(tooLong))
                .statusCode())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orrery", "Orrery"})
  void shouldGiveNobodyTheNameOfOrreryItself(String name) throws Exception {
    // Given
    Browser admin = new Browser(server.port());
    admin.signIn("admin", PASSWORD);

    // When
    HttpResponse<String> answer =
        admin.send(
            "POST",
            "/api/v1/accounts",
            "{\"name\":\"%s\",\"password\":\"%s\",\"roles\":[]}".formatted(name, PASSWORD));

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("no person may have it; choose another");
  }

  @Test
  void shouldNotLetAnEarlierAccountOfOrrerysNameSignIn() throws Exception {
    // When
    HttpResponse<String> answer =
        new Browser(server.port())
            .send(
                "POST",
                "/api/v1/session",
                "{\"name\":\"orrery\",\"password\":\"%s\"}".formatted(PASSWORD));

    // Then
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  /** One administrator and one expert, and one that was made before its name was refused. */
  private static final class SomeAccounts implements AccountStore {
    private final List<Account> accounts;

    SomeAccounts(Passwords passwords) {
      accounts =
          List.of(
              passwords.account("admin", PASSWORD, Set.of(Role.ADMIN)),
              passwords.account("expert", PASSWORD, Set.of(Role.EXPERT)),
              passwords.account("orrery", PASSWORD, Set.of(Role.EXPERT)));
    }

    @Override
    public Optional<Account> find(String name) {
      return accounts.stream().filter(a -> a.person().name().equals(name)).findFirst();
    }

    @Override
    public List<Account> all() {
      return accounts;
    }

    @Override
    public void put(Account account) {}
  }

  private RoomContext room() {
    SystemWallClock wall = new SystemWallClock();
    Limits low =
        new Limits(
            OptionalDouble.empty(),
            OptionalDouble.of(1),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    Channel flow =
        new Channel(
            FLOW,
            "LAR:PURIF:FLOW",
            ValueKind.DOUBLE,
            "kg/s",
            "kg/s",
            "purification",
            "purif",
            "Flow",
            List.of(),
            1_000_000_000L,
            0,
            new AlarmSettings(
                Map.of(AlarmSettings.ANY_MODE, low, "STANDBY", Limits.NONE),
                0,
                0,
                0,
                Set.of(),
                AlarmSettings.Priority.MEDIUM,
                "",
                false),
            Optional.empty(),
            List.of());
    Facility facility =
        new Facility(
            "probe", "Probe", "UTC", true, List.of("PHYSICS"), List.of(), Map.of(FLOW, flow));
    return new RoomContext(
        new LocalBus(vertx),
        new LocalSampleFeed(vertx, facility),
        facility,
        new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        folder,
        "test");
  }
}
