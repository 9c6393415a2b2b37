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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.snapshot.CompareRequest;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.Difference;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.contract.value.Value;
import org.orrery.server.ServerConfig;

/** What the doors of snapshots hand on, and to whom they open. */
class SnapshotRoutesTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final SnapshotId ID = new SnapshotId("s1");

  private final Vertx vertx = Vertx.vertx();
  private final LocalBus bus = new LocalBus(vertx);
  private final AtomicReference<Object> asked = new AtomicReference<>();

  @TempDir Path folder;

  private Browser shifter;
  private Browser expert;

  @BeforeEach
  void start() throws Exception {
    SystemWallClock wall = new SystemWallClock();
    Facility facility = new Facility("p", "P", "UTC", true, List.of(), List.of(), Map.of());
    RoomContext room =
        new RoomContext(
            bus,
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
            new TwoAccounts(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    shifter = new Browser(server.port());
    shifter.signIn("sam", PASSWORD);
    expert = new Browser(server.port());
    expert.signIn("anna", PASSWORD);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  @Test
  void shouldTellAShifterWhyASaveWasDeclined() throws Exception {
    // Given
    bus.serve(
        Endpoints.SNAPSHOTS_REQUEST,
        request -> {
          asked.set(request);
          return Future.succeededFuture(new Reply.Declined<>("purif.flow is missing"));
        });

    // When
    HttpResponse<String> answer =
        shifter.send(
            "POST",
            "/api/v1/snapshots",
            "{\"set\":\"settings\",\"name\":\"before work\",\"comment\":\"\"}");

    // Then
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("purif.flow is missing");
    assertThat(asked.get())
        .isInstanceOfSatisfying(
            SnapshotRequest.Save.class,
            save -> {
              assertThat(save.person().name()).isEqualTo("sam");
              assertThat(save.incomplete()).isFalse();
            });
  }

  @Test
  void shouldShowDifferencesToAShifter() throws Exception {
    // Given
    bus.serve(
        Endpoints.SNAPSHOTS_COMPARE,
        request -> {
          asked.set(request);
          return Future.succeededFuture(
              new Reply.Done<>(
                  new Comparison(
                      ID,
                      "the archive",
                      2_000_000,
                      7,
                      List.of(
                          new Difference(
                              new ChannelId("hv.voltage-set"),
                              Difference.Kind.VALUE,
                              Optional.of(Value.of(-180)),
                              Optional.of(Value.of(-150)),
                              "kV",
                              0.01,
                              "")))));
        });

    // When
    JsonNode answer =
        json(
            shifter.send(
                "POST",
                "/api/v1/snapshots/s1/compare",
                "{\"with\":\"HISTORY\",\"atMs\":1700000000000.5}"));

    // Then
    assertThat(asked.get())
        .isEqualTo(
            new CompareRequest(ID, new CompareRequest.Against.History(1_700_000_000_000_500_000L)));
    assertThat(answer.at("/differences/0/saved").asText()).isEqualTo("-180.0");
    assertThat(answer.at("/differences/0/kind").asText()).isEqualTo("VALUE");
    assertThat(answer.at("/same").asInt()).isEqualTo(7);
  }

  @Test
  void shouldOpenRestoreGoldAndSetsToExpertsOnly() throws Exception {
    for (String path : List.of("s1/restore", "s1/golden", "sets")) {
      assertThat(shifter.send("POST", "/api/v1/snapshots/" + path, "{}").statusCode())
          .as(path)
          .isEqualTo(403);
    }
  }

  @Test
  void shouldTakeTheNamesOfFiveThousandChannels() throws Exception {
    // Given
    bus.serve(
        Endpoints.RESTORE_LIST,
        request -> {
          asked.set(request);
          return Future.succeededFuture(
              new Reply.Done<>(
                  new RestoreListing(
                      ID,
                      List.of(
                          new RestoreListing.Write(
                              new ChannelId("a.b"), "first", Value.of(1), Value.of(2), "V")),
                      3,
                      List.of(),
                      List.of(new RestoreListing.About("a.c", "it is read-only")),
                      RiskClass.HIGH)));
        });
    List<String> names = new ArrayList<>();
    IntStream.range(0, 5_000)
        .forEach(i -> names.add("\"subsystem.device-name.channel-" + i + "\""));

    // When
    JsonNode answer =
        json(
            expert.send(
                "POST",
                "/api/v1/snapshots/s1/restore/check",
                "{\"reason\":\"\",\"channels\":[" + String.join(",", names) + "]}"));

    // Then
    assertThat(((RestoreRequest) asked.get()).channels()).hasSize(5_000);
    assertThat(answer.at("/approvalsNeeded").asInt()).isEqualTo(2);
    assertThat(answer.at("/refusals/0/why").asText()).isEqualTo("it is read-only");
    assertThat(answer.at("/writes/0/stage").asText()).isEqualTo("first");
  }

  @Test
  void shouldReadASetWithItsTolerances() throws Exception {
    // Given
    bus.serve(
        Endpoints.SNAPSHOTS_DEFINE,
        request -> {
          asked.set(request);
          return Future.succeededFuture(new Reply.Done<>(request.set()));
        });

    // When
    JsonNode answer =
        json(
            expert.send(
                "POST",
                "/api/v1/snapshots/sets",
                """
                {"name":"hv","title":"HV","stages":[{"name":"ramp","items":
                  [{"pattern":"hv.*","absolute":0.5},{"pattern":"x.y"}]}]}
                """));

    // Then
    SnapshotSet set = ((DefineSet) asked.get()).set();
    assertThat(set.stages().getFirst().items())
        .containsExactly(
            new SnapshotSet.Item("hv.*", Optional.of(new Tolerance(0.5, 0))),
            new SnapshotSet.Item("x.y", Optional.empty()));
    assertThat(answer.at("/stages/0/items/0/absolute").asDouble()).isEqualTo(0.5);
    assertThat(
            expert
                .send(
                    "POST",
                    "/api/v1/snapshots/sets",
                    "{\"name\":\"hv\",\"title\":\"\",\"stages\":[{\"name\":\"a\",\"items\":"
                        + "[{\"pattern\":\"x\",\"absolute\":-1}]}]}")
                .statusCode())
        .isEqualTo(400);
  }

  /** A shifter and an expert. */
  private static final class TwoAccounts implements AccountStore {
    private final List<Account> accounts =
        List.of(
            new Passwords().account("sam", PASSWORD, Set.of(Person.Role.SHIFTER)),
            new Passwords().account("anna", PASSWORD, Set.of(Person.Role.EXPERT)));

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
}
