package org.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.Facility;
import org.orrery.server.runtime.Account;
import org.orrery.server.runtime.AccountStore;
import org.orrery.server.runtime.Passwords;
import org.orrery.server.runtime.ServerVerticle;
import org.orrery.store.DatabaseUnavailableException;

/** The first account of all. */
class ServerModuleTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final BreakingAccounts accounts = new BreakingAccounts();
  private RoomContext room;

  @BeforeEach
  void prepare() {
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
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void shouldGiveAnotherPasswordToAFirstAccountThatMayHaveBeenMade() {
    // Given
    ServerModule server = server();
    accounts.breaks = true;
    Throwable broken = catchThrowable(() -> server.firstAccount("admin"));
    accounts.breaks = false;

    // When
    Optional<String> password = server.firstAccount("admin");

    // Then
    assertThat(broken).isInstanceOf(DatabaseUnavailableException.class);
    assertThat(password).isPresent();
    assertThat(accounts.find("admin"))
        .hasValueSatisfying(
            account ->
                assertThat(new Passwords().matches(account, password.orElseThrow())).isTrue());
  }

  @Test
  void shouldLeaveTheAccountsOfAnEarlierStart() {
    // Given
    Optional<String> first = server().firstAccount("admin");

    // When
    Optional<String> again = server().firstAccount("admin");

    // Then
    assertThat(first).isPresent();
    assertThat(again).isEmpty();
  }

  /** As one start makes it. */
  private ServerModule server() {
    return new ServerModule(
        accounts,
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 50, Set.of()),
            accounts,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
  }

  /** Its connection may break after the commit, before that is answered. */
  private static final class BreakingAccounts implements AccountStore {
    private final Map<String, Account> stored = new LinkedHashMap<>();
    private boolean breaks;

    @Override
    public Optional<Account> find(String name) {
      return Optional.ofNullable(stored.get(name));
    }

    @Override
    public List<Account> all() {
      return List.copyOf(stored.values());
    }

    @Override
    public void put(Account account) {
      stored.put(account.person().name(), account);
      if (breaks) {
        throw new DatabaseUnavailableException("the connection broke", true, new SQLException());
      }
    }
  }
}
