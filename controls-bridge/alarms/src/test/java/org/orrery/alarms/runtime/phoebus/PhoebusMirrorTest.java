package org.orrery.alarms.runtime.phoebus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.AlarmsModule;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.process.ProcessListener;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** The room and a real Kafka whose topics hold what Phoebus writes. */
class PhoebusMirrorTest {
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final AlarmKey KEY = new AlarmKey(FLOW, AlarmKey.Kind.MIRRORED);
  private static final AlarmKey OWN = new AlarmKey(FLOW, AlarmKey.Kind.LIMIT);
  private static final String PATH = "/Detector/Purification/LAR:FLOW";
  private static final Person VERA = new Person("vera", Set.of(Person.Role.SHIFTER));
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final SystemWallClock wall = new SystemWallClock();
  private final List<Vertx> instances = new CopyOnWriteArrayList<>();
  private final List<RoomHealth> health = new CopyOnWriteArrayList<>();
  private KafkaBroker broker;
  private PhoebusServer phoebus;
  private RoomContext room;

  @BeforeEach
  void start() throws Exception {
    broker = broker();
    phoebus = new PhoebusServer(broker.bootstrapServers());
    phoebus.writeTopic();
    phoebus.live();
  }

  @AfterEach
  void stop() throws Exception {
    for (Vertx vertx : instances) {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
    phoebus.close();
    broker.close();
  }

  @Test
  void shouldShowOneListAndCarryAcknowledgementsBothWays() throws Exception {
    // Given: our own limit has raised the same trouble
    live(Optional.empty());
    publish(0.02);
    awaitAlarm(OWN, alarm -> alarm.state() == AlarmState.SUPPRESSED_BY_DESIGN);
    awaitAlarm(KEY, alarm -> !alarm.mirror().orElseThrow().stale());

    // Then
    assertThat(list())
        .extracting(alarm -> alarm.key().toString(), Alarm::state)
        .containsExactlyInAnyOrder(
            tuple("purif.flow/MIRRORED", AlarmState.UNACKNOWLEDGED),
            tuple("purif.flow/LIMIT", AlarmState.SUPPRESSED_BY_DESIGN),
            tuple("phoebus.hall.door-1-" + number("HALL:Door_1"), AlarmState.ACKNOWLEDGED),
            tuple("phoebus.hall.old/MIRRORED", AlarmState.OUT_OF_SERVICE),
            tuple("phoebus.hall.later/MIRRORED", AlarmState.SHELVED));
    assertThat(alarm(KEY).response()).isEqualTo("Start the standby pump.");

    // When: somebody acknowledges here
    Reply<Alarm> reply = ask(new AcknowledgeRequest(KEY, VERA));
    ConsumerRecord<String, String> command = phoebus.command();

    // Then
    assertThat(command.key()).isEqualTo("command:" + PATH);
    assertThat(command.value())
        .contains("\"user\":\"vera\"", "\"command\":\"acknowledge\"", "\"host\":");
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Done.class,
            done ->
                assertThat(((Alarm) done.value()).mirror().orElseThrow().awaiting())
                    .contains("vera"));
    assertThat(alarm(KEY).state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    assertThat(ask(new AcknowledgeRequest(OWN, VERA))).isInstanceOf(Reply.Declined.class);

    // When: Phoebus takes it
    phoebus.write("state:" + PATH, Specimens.state("MAJOR_ACK", "LOLO", "MAJOR", "LOLO"));
    awaitAlarm(KEY, alarm -> alarm.state() == AlarmState.ACKNOWLEDGED);

    // Then: what stood behind it counts as seen as well
    assertThat(alarm(KEY).acknowledgedBy()).contains("vera");
    assertThat(alarm(KEY).mirror().orElseThrow().awaiting()).isEmpty();
    assertThat(alarm(OWN).acknowledgedBy()).contains("vera");

    // When: it calls again, and somebody acknowledges in Phoebus
    phoebus.write("state:" + PATH, Specimens.state("INVALID", "READ", "INVALID", "READ"));
    awaitAlarm(KEY, alarm -> alarm.state() == AlarmState.UNACKNOWLEDGED);
    phoebus.acknowledgeAs("ada", "/Detector/Purification");
    phoebus.write("state:" + PATH, Specimens.state("INVALID_ACK", "READ", "INVALID", "READ"));

    // Then
    awaitAlarm(KEY, alarm -> alarm.acknowledgedBy().equals(Optional.of("ada")));

    // When: the PV is taken out of the tree as a client does it
    phoebus.write("config:" + PATH, "{\"user\":\"a\",\"host\":\"b\",\"delete\":\"Deleting\"}");
    phoebus.write("config:" + PATH, null);
    phoebus.write("state:" + PATH, null);

    // Then: ours speaks for itself again
    awaitAlarm(OWN, alarm -> alarm.state() == AlarmState.ACKNOWLEDGED);
    assertThat(list()).noneMatch(alarm -> alarm.key().equals(KEY));
  }

  @Test
  void shouldStaySaidAndMarkedWhilePhoebusOrItsBrokerIsAway() throws Exception {
    // Given
    live(Optional.empty());
    publish(0.02);
    awaitAlarm(OWN, alarm -> alarm.state() == AlarmState.SUPPRESSED_BY_DESIGN);

    // When
    phoebus.fallSilent();
    awaitAlarm(KEY, alarm -> alarm.mirror().orElseThrow().stale());

    // Then
    assertThat(alarm(KEY).state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    awaitAlarm(OWN, alarm -> alarm.state() == AlarmState.UNACKNOWLEDGED);
    awaitHealth("silent");
    assertThat(ask(new AcknowledgeRequest(KEY, VERA)))
        .isInstanceOfSatisfying(
            Reply.Declined.class, no -> assertThat(no.reason()).contains("silent"));

    // When
    phoebus.live();

    // Then
    awaitAlarm(KEY, alarm -> !alarm.mirror().orElseThrow().stale());
    awaitAlarm(OWN, alarm -> alarm.state() == AlarmState.SUPPRESSED_BY_DESIGN);

    // When: the broker goes, and the state changes before Orrery hears of it again
    broker.close();
    awaitHealth("does not answer");
    assertThat(alarm(KEY).state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
    broker = broker();
    phoebus.write("state:" + PATH, Specimens.state("OK", "OK", "OK", "OK"));

    // Then
    await()
        .atMost(Duration.ofSeconds(120))
        .until(() -> list().stream().noneMatch(alarm -> alarm.key().equals(KEY)));
    await().atMost(PATIENCE).until(() -> health.getLast().status() == RoomHealth.Status.UP);
  }

  @Test
  void shouldShowWhatPhoebusKeptOverARestartWhilePhoebusIsAway() throws Exception {
    StoreConfig.Embedded config =
        new StoreConfig.Embedded(directory.resolve("db"), Path.of("target", "postgres"), 32, 4);
    try (Store store = Store.start(config)) {
      assertThat(store.ready()).succeedsWithin(PATIENCE);

      // Given
      Vertx first = live(Optional.of(store.room("alarms")));
      awaitAlarm(KEY, alarm -> alarm.state() == AlarmState.UNACKNOWLEDGED);
      instances.remove(first);
      first.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
      broker.close();

      // When
      live(Optional.of(store.room("alarms")));

      // Then
      awaitAlarm(KEY, alarm -> alarm.mirror().orElseThrow().stale());
      assertThat(alarm(KEY).state()).isEqualTo(AlarmState.UNACKNOWLEDGED);
      awaitHealth("does not answer");

      // When: Phoebus is back, without that alarm
      broker = broker();
      phoebus.write("state:" + PATH, Specimens.state("OK", "OK", "OK", "OK"));

      // Then
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> list().stream().noneMatch(alarm -> alarm.key().equals(KEY)));
      assertThat(list()).isNotEmpty();
    }
  }

  @Test
  void shouldSayThatTheTopicIsNotThereAndMakeNone() throws Exception {
    // When
    deploy(
        Optional.empty(), new AlarmsConfig.Phoebus(broker.bootstrapServers(), "Detektor", 5_000));

    // Then
    awaitHealth("topic 'Detektor' is not on");
    awaitHealth("correct alarms.phoebus.config");
  }

  @Test
  void shouldAnnunciateOurOwnAlarmsWhereNobodyKnowsPhoebusBroker() throws Exception {
    // When
    deploy(Optional.empty(), new AlarmsConfig.Phoebus("nowhere.invalid:9092", "Detector", 5_000));
    publish(0.02);

    // Then
    awaitAlarm(OWN, alarm -> alarm.state() == AlarmState.UNACKNOWLEDGED);
    awaitHealth("nowhere.invalid:9092");
  }

  private KafkaBroker broker() throws Exception {
    KafkaBroker started =
        KafkaBroker.start(
            new BrokerConfig(directory.resolve("kafka"), 256, 128L << 20), ProcessListener.none());
    assertThat(started.ready()).succeedsWithin(Duration.ofMinutes(3));
    return started;
  }

  private Vertx live(Optional<Database> database) throws Exception {
    return deploy(
        database, new AlarmsConfig.Phoebus(broker.bootstrapServers(), PhoebusServer.CONFIG, 5_000));
  }

  private Vertx deploy(Optional<Database> database, AlarmsConfig.Phoebus site) throws Exception {
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
    room.bus().subscribe(Topics.ROOM_HEALTH, health::add);
    vertx
        .deployVerticle(
            AlarmsModule.create(room, AlarmsConfig.DEFAULT.mirroring(Optional.of(site)), database))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    return vertx;
  }

  private static String number(String pv) {
    CRC32 sum = new CRC32();
    sum.update(pv.getBytes(StandardCharsets.UTF_8));
    return "%08x/MIRRORED".formatted(sum.getValue());
  }

  private void awaitAlarm(AlarmKey key, Predicate<Alarm> right) {
    await()
        .atMost(PATIENCE)
        .until(() -> list().stream().anyMatch(a -> a.key().equals(key) && right.test(a)));
  }

  private void awaitHealth(String words) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                health.stream()
                    .anyMatch(
                        h ->
                            h.status() == RoomHealth.Status.DEGRADED
                                && h.detail().contains(words)));
  }

  private Alarm alarm(AlarmKey key) throws Exception {
    return list().stream().filter(a -> a.key().equals(key)).findFirst().orElseThrow();
  }

  private Reply<Alarm> ask(AcknowledgeRequest request) throws Exception {
    return onContext(() -> room.bus().request(Endpoints.ALARMS_ACKNOWLEDGE, request));
  }

  private List<Alarm> list() throws Exception {
    return onContext(() -> room.bus().request(Endpoints.ALARMS_LIST, Nothing.NOTHING));
  }

  private <T> T onContext(Supplier<Future<T>> request) throws Exception {
    CompletableFuture<T> answer = new CompletableFuture<>();
    instances
        .getLast()
        .runOnContext(
            go ->
                request.get().onSuccess(answer::complete).onFailure(answer::completeExceptionally));
    return answer.get(60, TimeUnit.SECONDS);
  }

  private void publish(double value) {
    long nowNs = wall.nowNs();
    room.feed()
        .publish(
            new Sample(FLOW, Value.of(value), Severity.NONE, "", nowNs, nowNs, Quality.GOOD, 0, 1));
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
    channels.put(
        FLOW,
        new Channel(
            FLOW,
            "LAR:FLOW",
            ValueKind.DOUBLE,
            "kg/s",
            "kg/s",
            "purification",
            "loop",
            "flow",
            List.of(),
            0,
            0,
            alarm,
            Optional.empty(),
            List.of()));
    return new Facility("t", "t", "UTC", false, List.of(), List.of(), channels);
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
