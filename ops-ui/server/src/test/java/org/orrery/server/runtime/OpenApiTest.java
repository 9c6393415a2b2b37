package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.Facility;
import org.orrery.server.ServerConfig;

/** The description of the API and the API are the same. */
class OpenApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldDescribeEveryRouteThatIsMounted() throws IOException {
    // Given
    RoomContext room = room();
    Sessions sessions = new Sessions(room.wallClock());
    Guard guard = new Guard(sessions, true);
    Router router = Router.router(vertx);
    Set<String> described = new TreeSet<>(described());

    // When
    new SignInRoutes(vertx, new NoAccounts(), new Passwords(), sessions, guard).mount(router);
    new ReadRoutes(room, new LiveState(room, Set.of()), guard).mount(router);
    new DecisionRoutes(room, new LiveState(room, Set.of()), guard).mount(router);
    new BridgeRoutes(room.bus(), new LiveState(room, Set.of()), guard).mount(router);
    new DrillRoutes(room.bus(), new LiveState(room, Set.of()), guard).mount(router);
    new SnapshotRoutes(room.bus(), guard).mount(router);
    new ArchiveRoutes(vertx, room, guard).mount(router);
    new RetrievalRoutes(vertx, room, guard).mount(router);

    // Then
    List<String> mounted =
        router.getRoutes().stream()
            .flatMap(
                route ->
                    route.methods().stream()
                        .map(
                            method ->
                                method.name().toLowerCase(Locale.ROOT)
                                    + " "
                                    + route.getPath().replaceAll(":(\\w+)", "{$1}")))
            .toList();
    assertThat(mounted).hasSizeGreaterThan(20);
    assertThat(described).containsAll(mounted);
  }

  @Test
  void shouldServeEveryRouteThatIsDescribed() throws Exception {
    // Given
    ServerVerticle server =
        new ServerVerticle(
            room(),
            new ServerConfig("127.0.0.1", 0, true, 400, Set.of()),
            new NoAccounts(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    List<String> described = described();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertSoftly(
          each -> {
            for (String route : described) {
              // When
              String answer = answer(client, server.port(), route);

              // Then
              each.assertThat(answer).as(route).doesNotContain("No such address", "<html");
            }
          });
      assertThat(answer(client, server.port(), "get /api/v1/nothing")).contains("No such address");
    }
  }

  /** The first kilobytes of what is answered; the live stream never ends. */
  private static String answer(HttpClient client, int port, String route) {
    String[] words = route.split(" ");
    String path = words[1].replaceAll("\\{\\w+}", "x");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .method(words[0].toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.noBody())
            .build();
    try (InputStream body =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      byte[] first = new byte[4096];
      int length = Math.max(0, body.read(first));
      return new String(first, 0, length, java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(route, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(route, e);
    }
  }

  private static List<String> described() throws IOException {
    try (InputStream file =
        OpenApiTest.class.getResourceAsStream("/org/orrery/server/openapi.json")) {
      assertThat(file).isNotNull();
      JsonNode paths = new ObjectMapper().readTree(file).path("paths");
      return paths.properties().stream()
          .flatMap(
              path ->
                  path.getValue().properties().stream()
                      .map(Map.Entry::getKey)
                      .filter(Set.of("get", "post", "put", "delete", "patch")::contains)
                      .map(method -> method + " " + path.getKey()))
          .toList();
    }
  }

  private RoomContext room() {
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
        folder,
        "test");
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
