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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.server.ServerConfig;

/** What a page that gets no values says, lets nobody do, and still lets everybody do. */
class BlindPageTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final String PASSWORD = "correct-horse-battery";
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final ChannelId LEVEL = new ChannelId("cryo.level");
  private static final String APPROVAL = "{\"planHash\":\"00\",\"reason\":\"seen\"}";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong wallNs = new AtomicLong(1_700_000_000L * SECOND_NS);
  private final AtomicLong heardNs = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<DecisionRequest> decided = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  private volatile boolean silent;
  private volatile List<ChannelHealth> told = List.of();
  private RoomContext room;
  private Browser expert;

  @BeforeEach
  void start() throws Exception {
    Facility facility = new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of());
    room =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility),
            facility,
            new ScaledPlantClock(wallNs::get, wallNs.get(), wallNs.get(), 1),
            wallNs::get,
            new TimeSortedIds(wallNs::get, new Random(1)),
            1,
            folder,
            "test");
    ServerVerticle server =
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 50, Set.of()),
            new OneExpert(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    serve();
    expert = new Browser(server.port());
    expert.signIn("expert", PASSWORD);
    value(wallNs.get());
    expert.until("/health/control", "\"stale\":false");
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldLetNobodyApproveWhileValuesDoNotComeAndEverybodyStop() throws Exception {
    // Given
    assertThat(approve().body()).contains("scripted");

    // When the gateway hears the detector, and the log between brings nothing
    heardNs.set(wallNs.addAndGet(SECOND_NS));
    awaitAsked();
    wallNs.addAndGet(20 * SECOND_NS);
    awaitAsked();
    HttpResponse<String> refused = approve();

    // Then
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("not current since 20 s", "see to Kafka");
    assertThat(decided).hasSize(1);
    JsonNode feed = json(expert.get("/api/v1/overview")).path("feed");
    assertThat(feed.path("stale").asBoolean()).isTrue();
    assertThat(feed.path("sinceMs").asLong()).isEqualTo(wallNs.get() / 1_000_000 - 20_000);
    assertThat(feed.path("heardMs").asLong()).isEqualTo(wallNs.get() / 1_000_000 - 21_000);
    assertThat(expert.get("/health/control").statusCode()).isEqualTo(503);
    assertThat(expert.get("/health/ready").body()).contains("\"status\":\"DOWN\"", "see to Kafka");

    // And
    assertThat(
            expert
                .send("POST", "/api/v1/writing", "{\"action\":\"STOP\",\"reason\":\"blind\"}")
                .statusCode())
        .isEqualTo(200);
    for (String verb : List.of("stop", "abort", "reject")) {
      var unused = expert.send("POST", "/api/v1/proposals/p-7/" + verb, "{\"reason\":\"blind\"}");
    }
    assertThat(decided).hasSize(4);

    // When values come again
    value(heardNs.get());

    // Then
    expert.until("/health/control", "\"stale\":false");
    assertThat(approve().body()).contains("scripted");
  }

  @Test
  void shouldSeeByItselfThatTheGatewayIsAwayAndThatItIsBack() throws Exception {
    // When
    silent = true;
    awaitAsked();
    wallNs.addAndGet(11 * SECOND_NS);

    // Then
    assertThat(approve().statusCode()).isEqualTo(409);
    assertThat(expert.get("/health/control").body()).contains("the gateway does not answer");

    // When
    silent = false;

    // Then
    expert.until("/health/control", "\"stale\":false");
    assertThat(approve().body()).contains("scripted");
  }

  @Test
  void shouldBelieveThatTheGatewayIsDownBeforeItsSilenceTellsIt() throws Exception {
    // When
    room.bus()
        .publish(
            Topics.ROOM_HEALTH,
            new RoomHealth("gateway", RoomHealth.Status.DOWN, "killed", wallNs.get()));

    // Then
    assertThat(expert.until("/health/control", "\"stale\":true").body()).contains("down: killed");
    assertThat(approve().statusCode()).isEqualTo(409);
  }

  @Test
  void shouldMarkTheLastValueOfAChannelThatALaterLifeOfTheGatewayNeverFound() throws Exception {
    // When
    room.bus()
        .publish(
            Topics.CHANNEL_HEALTH,
            new ChannelHealth(
                FLOW,
                ChannelHealth.Link.DISCONNECTED,
                "not connected since the start",
                wallNs.get() + SECOND_NS));

    // Then
    expert.until("/api/v1/overview", "\"q\":\"DISCONNECTED\"");

    // When what was under way meanwhile comes late, and then a new value
    value(wallNs.get());
    value(wallNs.get() + 2 * SECOND_NS);

    // Then
    JsonNode flow =
        json(expert.until("/api/v1/overview", "\"q\":\"GOOD\""))
            .path("channels")
            .path("purif.flow");
    assertThat(flow.path("t").asLong()).isEqualTo(wallNs.get() / 1_000_000 + 2_000);
  }

  @Test
  void shouldMarkAValueThatComesAfterItsChannelWasToldAsLost() throws Exception {
    // Given
    room.bus().publish(Topics.CHANNEL_HEALTH, lost(wallNs.get() + SECOND_NS));

    // When
    value(LEVEL, wallNs.get());

    // Then
    assertThat(shown(LEVEL)).isEqualTo("DISCONNECTED");

    // When
    value(LEVEL, wallNs.get() + 2 * SECOND_NS);

    // Then
    awaitShown(LEVEL, "GOOD");
  }

  @Test
  void shouldAskAGatewayThatIsBackWhichChannelsItDoesNotHear() throws Exception {
    // Given
    value(LEVEL, wallNs.get());
    assertThat(shown(LEVEL)).isEqualTo("GOOD");
    silent = true;
    awaitAsked();

    // When
    told = List.of(lost(wallNs.get() + SECOND_NS));
    silent = false;

    // Then
    awaitShown(LEVEL, "DISCONNECTED");
  }

  private void awaitShown(ChannelId channel, String quality) throws Exception {
    for (int i = 0; i < 200 && !shown(channel).equals(quality); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(shown(channel)).isEqualTo(quality);
  }

  private String shown(ChannelId channel) throws Exception {
    return json(expert.until("/api/v1/overview", channel.value()))
        .path("channels")
        .path(channel.value())
        .path("q")
        .asText();
  }

  private static ChannelHealth lost(long sinceNs) {
    return new ChannelHealth(
        LEVEL, ChannelHealth.Link.DISCONNECTED, "not connected since the start", sinceNs);
  }

  private HttpResponse<String> approve() throws Exception {
    return expert.send("POST", "/api/v1/proposals/p-7/approve", APPROVAL);
  }

  private void value(long atNs) {
    value(FLOW, atNs);
  }

  private void value(ChannelId channel, long atNs) {
    room.feed()
        .publish(
            new Sample(
                channel,
                new Value.DoubleValue(1.5),
                Severity.NONE,
                "",
                atNs,
                atNs,
                Quality.GOOD,
                0,
                1));
  }

  /** Until the gateway has been asked, and its answer taken, at the present wall time. */
  private void awaitAsked() throws InterruptedException {
    int before = asked.get();
    while (asked.get() < before + 3) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void serve() {
    var health =
        room.bus()
            .serve(
                Endpoints.GATEWAY_BRIDGE_HEALTH,
                query -> {
                  asked.incrementAndGet();
                  return silent
                      ? Future.failedFuture("killed")
                      : Future.succeededFuture(FeedWatchTest.heardAt(heardNs.get()));
                });
    var channels =
        room.bus().serve(Endpoints.GATEWAY_CHANNEL_HEALTH, nothing -> Future.succeededFuture(told));
    var decisions =
        room.bus()
            .serve(
                Endpoints.PROPOSALS_DECIDE,
                request -> {
                  decided.add(request);
                  return Future.succeededFuture(new Reply.Declined<>("scripted"));
                });
    var writing =
        room.bus()
            .serve(
                Endpoints.GATE_WRITING,
                request ->
                    Future.succeededFuture(
                        new Reply.Done<>(
                            new WritingState(
                                true, request.person().name(), "blind", 0, List.of()))));
    room.bus().publish(Topics.WRITING_STATE, new WritingState(false, "", "", 0, List.of()));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static final class OneExpert implements AccountStore {
    private final Account expert = new Passwords().account("expert", PASSWORD, Set.of(Role.EXPERT));

    @Override
    public Optional<Account> find(String name) {
      return Optional.of(expert).filter(account -> account.person().name().equals(name));
    }

    @Override
    public List<Account> all() {
      return List.of(expert);
    }

    @Override
    public void put(Account account) {}
  }
}
