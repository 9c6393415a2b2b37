package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Severity;
import org.orrery.server.ServerConfig;

/** A page hears of every alarm, and a flood is no work for each of them. */
class AlarmFloodTest {
  private static final int FLOOD = 100;

  private final Vertx vertx = Vertx.vertx();

  @TempDir Path folder;

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldTellTheAlarmsOfAFloodTogetherAndTheFirstOfThemAtOnce() throws Exception {
    // Given a page, whose ticks are far apart
    Facility facility = new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of());
    SystemWallClock wall = new SystemWallClock();
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
    ServerVerticle server =
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 2_000, Set.of()),
            new NoAccounts(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    try (BufferedReader stream =
        new BufferedReader(
            new InputStreamReader(
                new Browser(server.port()).stream("/api/v1/stream"), StandardCharsets.UTF_8))) {
      assertThat(stream.readLine()).startsWith("id: ");

      // When
      for (int i = 0; i < FLOOD; i++) {
        room.bus()
            .publish(
                Topics.ALARM_TRANSITIONS,
                new AlarmTransition(AlarmState.NORMAL, alarm("flood." + i), 1, "process"));
      }

      // Then
      int told = 0;
      int shown = 0;
      while (shown < FLOOD) {
        String line = stream.readLine();
        if (line.equals("event: alarms")) {
          told++;
          shown = new ObjectMapper().readTree(stream.readLine().substring(6)).size();
        } else if (line.equals("event: snapshot")) {
          String data = stream.readLine().substring(6);
          shown = new ObjectMapper().readTree(data).path("alarms").size();
        }
      }
      assertThat(told).isBetween(2, 4);
    }
  }

  private static Alarm alarm(String channel) {
    return new Alarm(
        new AlarmKey(new ChannelId(channel), AlarmKey.Kind.LIMIT),
        AlarmState.UNACKNOWLEDGED,
        Severity.MAJOR,
        "too high",
        1,
        1,
        Optional.empty(),
        AlarmSettings.Priority.HIGH,
        "",
        false,
        Optional.empty());
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
