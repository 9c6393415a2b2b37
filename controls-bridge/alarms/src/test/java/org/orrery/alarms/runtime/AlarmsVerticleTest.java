package org.orrery.alarms.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.AlarmsModule;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** The room on a real bus, with and without a real database. */
class AlarmsVerticleTest {
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final ChannelId WAVEFORM = new ChannelId("purif.waveform");
  private static final AlarmKey KEY = new AlarmKey(FLOW, AlarmKey.Kind.LIMIT);
  private static final Person VERA = new Person("vera", Set.of(Person.Role.SHIFTER));

  @TempDir Path directory;
  private final List<Vertx> instances = new CopyOnWriteArrayList<>();
  private final SystemWallClock wall = new SystemWallClock();
  private RoomContext room;
  private long sequence;

  /** One life of the process. */
  private Vertx live(Optional<Database> database) throws Exception {
    Vertx vertx = Vertx.vertx();
    instances.add(vertx);
    room =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility()),
            facility(),
            new RealTime(wall),
            wall,
            () -> "id",
            1,
            directory,
            "test");
    vertx
        .deployVerticle(AlarmsModule.create(room, AlarmsConfig.DEFAULT, database))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    return vertx;
  }

  @AfterEach
  void stop() throws Exception {
    for (Vertx vertx : instances) {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldAnnunciateAndAcknowledgeWithoutADatabase() throws Exception {
    // Given
    live(Optional.empty());
    List<AlarmTransition> told = new CopyOnWriteArrayList<>();
    room.bus().subscribe(Topics.ALARM_TRANSITIONS, told::add);

    // When
    publish(0.5);
    await().atMost(Duration.ofSeconds(60)).until(() -> told.size() == 1);
    Reply<Alarm> reply = ask(new AcknowledgeRequest(KEY, VERA));
    publish(1.67);
    await().atMost(Duration.ofSeconds(60)).until(() -> told.size() == 3);

    // Then
    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(told)
        .extracting(t -> t.alarm().state())
        .containsExactly(AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, AlarmState.NORMAL);
    assertThat(list()).isEmpty();
  }

  @Test
  void shouldRememberAnAcknowledgementOverARestart() throws Exception {
    StoreConfig.Embedded config =
        new StoreConfig.Embedded(directory.resolve("db"), Path.of("target", "postgres"), 32, 4);
    try (Store store = Store.start(config)) {
      assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));

      // Given
      Vertx first = live(Optional.of(store.room("alarms")));
      publish(0.5);
      await().atMost(Duration.ofSeconds(60)).until(() -> list().size() == 1);
      ask(new AcknowledgeRequest(KEY, VERA));
      await().atMost(Duration.ofSeconds(60)).until(() -> transitions(store) == 2);
      instances.remove(first);
      first.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);

      // When
      live(Optional.of(store.room("alarms")));
      List<RoomHealth> health = new CopyOnWriteArrayList<>();
      room.bus().subscribe(Topics.ROOM_HEALTH, health::add);
      await().atMost(Duration.ofSeconds(60)).until(() -> list().size() == 1);
      publish(0.5);

      // Then
      assertThat(list())
          .singleElement()
          .satisfies(
              alarm -> {
                assertThat(alarm.state()).isEqualTo(AlarmState.ACKNOWLEDGED);
                assertThat(alarm.acknowledgedBy()).contains("vera");
              });
      assertThat(transitions(store)).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void shouldGoOnAfterAReadingThatItCannotJudgeAndSaySo() throws Exception {
    // Given
    live(Optional.empty());
    List<RoomHealth> health = new CopyOnWriteArrayList<>();
    room.bus().subscribe(Topics.ROOM_HEALTH, health::add);

    // When: both wait for the same batch
    onContext(
        () -> {
          room.feed().publish(sample(FLOW, Value.of(0.5), Severity.MINOR, null));
          publish(0.5);
          return Future.succeededFuture(Nothing.NOTHING);
        });
    await().atMost(Duration.ofSeconds(60)).until(() -> list().size() == 1);

    // Then
    await().atMost(Duration.ofSeconds(60)).until(() -> !health.isEmpty());
    assertThat(health.getLast().status()).isEqualTo(RoomHealth.Status.DEGRADED);
    assertThat(health.getLast().detail()).contains("not judged", "NullPointerException");
    List<LossCount> losses = new CopyOnWriteArrayList<>();
    room.bus().subscribe(Topics.LOSS, losses::add);
    await().atMost(Duration.ofSeconds(60)).until(() -> !losses.isEmpty());
    assertThat(losses.getLast())
        .extracting(LossCount::in, LossCount::out, LossCount::dropped)
        .containsExactly(2L, 1L, 1L);
  }

  @Test
  void shouldHoldArraysApartAndStillHearWhatTheirSourceSays() throws Exception {
    // Given
    live(Optional.empty());

    // When
    room.feed()
        .publish(sample(WAVEFORM, DoubleArrayValue.of(new double[1_000]), Severity.INVALID, "UDF"));
    await().atMost(Duration.ofSeconds(60)).until(() -> list().size() == 1);

    // Then
    assertThat(list().getFirst().key()).isEqualTo(new AlarmKey(WAVEFORM, AlarmKey.Kind.SOURCE));
    assertThat(room.feed().lossCounts())
        .extracting(LossCount::stage, LossCount::in)
        .containsExactlyInAnyOrder(
            Tuple.tuple("feed.alarms", 0L), Tuple.tuple("feed.alarms-bulky", 1L));
  }

  private static long transitions(Store store) {
    return store
        .room("alarms")
        .inTransaction(
            connection -> {
              try (ResultSet rows =
                  connection
                      .createStatement()
                      .executeQuery("select count(*) from alarm_transition")) {
                rows.next();
                return rows.getLong(1);
              }
            });
  }

  private Reply<Alarm> ask(AcknowledgeRequest request) throws Exception {
    return onContext(() -> room.bus().request(Endpoints.ALARMS_ACKNOWLEDGE, request));
  }

  private List<Alarm> list() throws Exception {
    return onContext(() -> room.bus().request(Endpoints.ALARMS_LIST, Nothing.NOTHING));
  }

  /** Asks from a context of the present instance, as everybody does. */
  private <T> T onContext(Supplier<Future<T>> request) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    instances
        .getLast()
        .runOnContext(
            go ->
                request.get().onSuccess(answer::complete).onFailure(answer::completeExceptionally));
    return answer.get(10, TimeUnit.SECONDS);
  }

  private void publish(double value) {
    room.feed().publish(sample(FLOW, Value.of(value), Severity.NONE, ""));
  }

  private Sample sample(ChannelId channel, Value value, Severity severity, String status) {
    long nowNs = wall.nowNs();
    Quality quality = severity == Severity.INVALID ? Quality.BAD : Quality.GOOD;
    return new Sample(channel, value, severity, status, nowNs, nowNs, quality, 0, sequence++);
  }

  private static Facility facility() {
    AlarmSettings alarm =
        new AlarmSettings(
            Map.of(
                AlarmSettings.ANY_MODE,
                new Limits(
                    OptionalDouble.of(1),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty())),
            0,
            0,
            0,
            Set.of(),
            AlarmSettings.Priority.HIGH,
            "Start the standby pump.",
            false);
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    channels.put(FLOW, channel(FLOW, ValueKind.DOUBLE, alarm));
    channels.put(WAVEFORM, channel(WAVEFORM, ValueKind.DOUBLE_ARRAY, AlarmSettings.NONE));
    return new Facility("t", "t", "UTC", true, List.of(), List.of(), channels);
  }

  private static Channel channel(ChannelId id, ValueKind kind, AlarmSettings alarm) {
    return new Channel(
        id,
        "LAR:" + id,
        kind,
        "kg/s",
        "kg/s",
        "purification",
        "loop",
        "flow",
        List.of(),
        1,
        0,
        alarm,
        Optional.empty(),
        List.of());
  }

  private record RealTime(SystemWallClock wall) implements PlantClock {
    @Override
    public long nowNs() {
      return wall.nowNs();
    }

    @Override
    public double factor() {
      return 1;
    }

    @Override
    public long toWallNs(long plantNs) {
      return plantNs;
    }
  }
}
