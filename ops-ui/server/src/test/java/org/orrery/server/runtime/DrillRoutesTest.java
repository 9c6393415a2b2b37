package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.drill.DrillState.Phase;
import org.orrery.contract.facility.Facility;
import org.orrery.server.ServerConfig;

/** The trainee's way to a drill. */
class DrillRoutesTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final DrillDebrief DEBRIEF =
      new DrillDebrief(
          List.of("You noticed."),
          "The pump stopped.",
          List.of(),
          List.of(),
          List.of(),
          OptionalLong.of(5_000_000),
          List.of(),
          List.of(new DrillDebrief.Measure("notice", OptionalLong.empty(), OptionalLong.empty())),
          new DrillDebrief.Answer("", false, "The pump", "because"),
          List.of(),
          List.of(),
          new DrillDebrief.Loss(1_000_000, 2_000_000, "no flow"),
          List.of());

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<DrillRequest> asked = new AtomicReference<>();

  @TempDir Path folder;

  private RoomContext room;
  private Browser trainee;
  private Browser anybody;

  @BeforeEach
  void start() throws Exception {
    SystemWallClock wall = new SystemWallClock();
    Facility facility = new Facility("p", "P", "UTC", true, List.of(), List.of(), Map.of());
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
    ServerVerticle server =
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 50, Set.of()),
            new OneAccount(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    anybody = new Browser(server.port());
    trainee = new Browser(server.port());
    trainee.signIn("anna", PASSWORD);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static DrillState state(Phase phase) {
    return new DrillState(
        new DrillSheet("pump", "The pump", "easy", List.of("b"), 10, 1, List.of(), List.of()),
        phase,
        "",
        OptionalLong.empty(),
        OptionalLong.empty(),
        List.of(),
        List.of(),
        phase == Phase.ENDED ? Optional.of(DEBRIEF) : Optional.empty());
  }

  private void runs(Phase phase) {
    var unused =
        room.bus()
            .serve(
                Endpoints.DRILL_REQUEST,
                request -> {
                  asked.set(request);
                  return Future.succeededFuture(
                      request instanceof DrillRequest.Start
                          ? new Reply.Declined<>("not ready yet")
                          : new Reply.Done<>(state(phase)));
                });
    room.bus().publish(Topics.DRILL, state(phase));
  }

  @Test
  void shouldSayThatNoneRuns() throws Exception {
    assertThat(anybody.get("/api/v1/drill").body()).isEqualTo("{\"drill\":null}");
    assertThat(anybody.get("/api/v1/overview").body()).contains("\"drill\":null");
    assertThat(anybody.get("/api/v1/drill/debrief").statusCode()).isEqualTo(404);
    assertThat(trainee.send("POST", "/api/v1/drill/start", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void shouldPassOnWhoAsksForWhat() throws Exception {
    // Given
    runs(Phase.RUNNING);
    anybody.until("/api/v1/drill", "RUNNING");

    // When
    HttpResponse<String> answer =
        trainee.send(
            "POST", "/api/v1/drill/diagnosis", "{\"choice\":\"pump\",\"text\":\"it stands\"}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(asked.get())
        .isEqualTo(
            new DrillRequest.Diagnose(
                new Person("anna", Set.of(Person.Role.SHIFTER)), "pump", "it stands"));
  }

  @Test
  void shouldGiveTheReasonOfADrillThatDeclines() throws Exception {
    // Given
    runs(Phase.PREPARING);
    anybody.until("/api/v1/drill", "PREPARING");

    // When
    HttpResponse<String> answer = trainee.send("POST", "/api/v1/drill/start", "{}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("not ready yet");
  }

  @Test
  void shouldLetNobodyActWithoutASession() throws Exception {
    // Given
    runs(Phase.RUNNING);
    anybody.until("/api/v1/drill", "RUNNING");

    // When
    HttpResponse<String> answer =
        anybody.send("POST", "/api/v1/drill/action", "{\"action\":\"call\"}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(asked.get()).isNull();
  }

  @Test
  void shouldTellTheTruthOnlyAtTheEnd() throws Exception {
    // Given
    runs(Phase.RUNNING);
    anybody.until("/api/v1/drill", "RUNNING");
    HttpResponse<String> early = anybody.get("/api/v1/drill/debrief");

    // When
    room.bus().publish(Topics.DRILL, state(Phase.ENDED));
    String state = anybody.until("/api/v1/drill", "ENDED").body();

    // Then
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).doesNotContain("The pump stopped.");
    assertThat(state).doesNotContain("The pump stopped.");
    assertThat(anybody.get("/api/v1/drill/debrief").body())
        .contains("\"cause\":\"The pump stopped.\"", "\"lostMs\":1.0", "\"tookMs\":null");
  }

  /** A shifter. */
  private static final class OneAccount implements AccountStore {
    private final Account anna =
        new Passwords().account("anna", PASSWORD, Set.of(Person.Role.SHIFTER));

    @Override
    public Optional<Account> find(String name) {
      return all().stream().filter(a -> a.person().name().equals(name)).findFirst();
    }

    @Override
    public List<Account> all() {
      return List.of(anna);
    }

    @Override
    public void put(Account account) {}
  }
}
