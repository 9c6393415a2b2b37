package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person.Role;
import org.orrery.contract.facility.Facility;
import org.orrery.server.ServerConfig;

/** Nobody keeps others out, and who is signed out hears no more. */
class SignInTest {
  private static final String PASSWORD = "correct-horse-battery";
  private static final long HOUR_NS = 3_600_000_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong wallNs = new AtomicLong(1_700_000_000_000_000_000L);
  private final SlowAccounts accounts = new SlowAccounts();

  @TempDir Path folder;

  private int port;

  @BeforeEach
  void start() throws Exception {
    Facility facility = new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of());
    RoomContext room =
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
            new ServerConfig("127.0.0.1", 0, false, 50, Set.of()),
            accounts,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    port = server.port();
  }

  @AfterEach
  void close() throws Exception {
    accounts.go.countDown();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldLetWrongPasswordsFromElsewhereKeepNobodyOutOfTheirOwnBrowser() throws Exception {
    // Given
    Browser own = new Browser(port);
    own.signIn("expert", PASSWORD);
    Browser other = new Browser(port);
    for (int i = 0; i < 10; i++) {
      assertThat(tryIn(other, "wrong").statusCode()).isEqualTo(401);
    }

    // Then
    assertThat(tryIn(other, PASSWORD).statusCode()).isEqualTo(429);
    assertThat(tryIn(own, PASSWORD).statusCode()).isEqualTo(200);

    // When its own guesses are wrong
    for (int i = 0; i < 10; i++) {
      assertThat(tryIn(own, "wrong").statusCode()).isEqualTo(401);
    }

    // Then
    assertThat(tryIn(own, PASSWORD).statusCode()).isEqualTo(429);
  }

  @Test
  void shouldKeepATurnForABrowserThatIsKnownWhileOthersAreChecked() throws Exception {
    // Given
    Browser own = new Browser(port);
    own.signIn("expert", PASSWORD);
    accounts.slow = true;
    List<CompletableFuture<?>> others = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      others.add(new Browser(port).startSignIn("nobody" + i, "wrong"));
    }
    assertThat(accounts.waiting.await(20, TimeUnit.SECONDS)).isTrue();

    // Then
    assertThat(tryIn(new Browser(port), PASSWORD).statusCode()).isEqualTo(429);
    assertThat(tryIn(own, PASSWORD).statusCode()).isEqualTo(200);

    // When
    accounts.go.countDown();
    CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

    // Then
    assertThat(tryIn(new Browser(port), PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldEndTheLiveStreamOfWhoSignedOut() throws Exception {
    // Given
    Browser own = new Browser(port);
    own.signIn("expert", PASSWORD);
    try (InputStream stream = own.stream("/api/v1/stream")) {
      assertThat(stream.read()).isNotNegative();

      // When
      assertThat(own.send("DELETE", "/api/v1/session", "").statusCode()).isEqualTo(200);

      // Then
      assertThat(endOf(stream)).isTrue();
    }
  }

  @Test
  void shouldEndTheLiveStreamWhenItsSessionRunsOutUnused() throws Exception {
    // Given
    Browser own = new Browser(port);
    own.signIn("expert", PASSWORD);
    try (InputStream stream = own.stream("/api/v1/stream")) {
      wallNs.addAndGet(11 * HOUR_NS);
      assertThat(stream.readNBytes(2_000)).hasSize(2_000);

      // When
      wallNs.addAndGet(2 * HOUR_NS);

      // Then
      assertThat(endOf(stream)).isTrue();
    }
  }

  /** Whether the stream ends before very much more of it came. */
  private static boolean endOf(InputStream stream) throws Exception {
    return stream.readNBytes(100_000).length < 100_000;
  }

  private java.net.http.HttpResponse<String> tryIn(Browser browser, String password)
      throws Exception {
    return browser.send(
        "POST", "/api/v1/session", "{\"name\":\"expert\",\"password\":\"%s\"}".formatted(password));
  }

  /** One expert; looking for anybody else takes until it may go on. */
  private static final class SlowAccounts implements AccountStore {
    private final Account expert = new Passwords().account("expert", PASSWORD, Set.of(Role.EXPERT));
    private final CountDownLatch waiting = new CountDownLatch(6);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean slow;

    @Override
    public Optional<Account> find(String name) {
      if (name.equals("expert")) {
        return Optional.of(expert);
      }
      if (slow) {
        waiting.countDown();
        try {
          go.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Optional.empty();
    }

    @Override
    public List<Account> all() {
      return List.of(expert);
    }

    @Override
    public void put(Account account) {}
  }
}
