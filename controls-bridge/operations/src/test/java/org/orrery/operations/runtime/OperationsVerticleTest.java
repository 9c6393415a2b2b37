package org.orrery.operations.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.operations.OperationsConfig;
import org.orrery.operations.OperationsModule;
import org.orrery.operations.core.Plants;
import org.orrery.operations.core.Remembered;
import org.orrery.operations.core.Writes;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** The room on a real bus: killed without a database, and restored from a real one. */
class OperationsVerticleTest {
  private static final Person VERA = new Person("vera", Set.of(Person.Role.SHIFTER));

  @TempDir Path directory;
  private final List<Vertx> instances = new CopyOnWriteArrayList<>();
  private final SystemWallClock wall = new SystemWallClock();
  private RoomContext room;
  private long sequence;
  private Consumer<Bus> listen = bus -> {};

  /** What the gate says of its writes. */
  private Supplier<Future<List<GateRecord>>> gate = () -> Future.succeededFuture(List.of());

  private void live(Path data, Optional<Database> database) throws Exception {
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
            data.resolve("operations"),
            "test");
    room.bus().serve(Endpoints.GATE_LOG, nothing -> gate.get());
    listen.accept(room.bus());
    vertx
        .deployVerticle(OperationsModule.create(room, OperationsConfig.DEFAULT, database))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    for (Vertx vertx : instances) {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldHoldTagOutsWithoutADatabaseOverAKill() throws Exception {
    // Given
    live(directory, Optional.empty());
    ask(new ControlRequest.SetTagOut(VERA, "pump", "bearing is out"));
    ask(new ControlRequest.TakeControl(VERA, false));

    // When: another life begins while the first never got to say goodbye
    live(directory, Optional.empty());

    // Then
    OperationsState state = state();
    assertThat(state.tagOuts())
        .singleElement()
        .satisfies(tagOut -> assertThat(tagOut.owner()).isEqualTo("vera"));
    assertThat(state.control())
        .hasValueSatisfying(holder -> assertThat(holder.person()).isEqualTo("vera"));
  }

  @Test
  void shouldEndAReservationByItself() throws Exception {
    // Given
    List<OperationsState> said = new CopyOnWriteArrayList<>();
    listen = bus -> bus.subscribe(Topics.OPERATIONS, said::add);
    live(directory, Optional.empty());

    // When
    ask(new ControlRequest.LockDevice(VERA, "pump", "a short test", 500_000_000L));

    // Then
    assertThat(said.getLast().locks()).hasSize(1);
    await().atMost(Duration.ofSeconds(60)).until(() -> said.getLast().locks().isEmpty());
  }

  @Test
  void shouldTagOutAtOnceAndSayThatItIsNotOnDiskUntilItIs() throws Exception {
    // Given
    List<RoomHealth> health = new CopyOnWriteArrayList<>();
    listen = bus -> bus.subscribe(Topics.ROOM_HEALTH, health::add);
    live(directory, Optional.empty());
    Path obstacle = letTheDiskRefuse(directory);

    // When
    Reply<OperationsState> reply =
        request(new ControlRequest.SetTagOut(VERA, "pump", "bearing is out"));
    List<TagOut> inForce = state().tagOuts();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health.getLast().status() == RoomHealth.Status.DEGRADED);
    Files.delete(obstacle);

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Declined.class,
            no -> assertThat(no.reason()).contains("holds from now on", "not on disk yet"));
    assertThat(inForce).hasSize(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health.getLast().status() == RoomHealth.Status.UP);
    assertThat(onDisk(directory)).isEqualTo(inForce);
  }

  @Test
  void shouldNameAWriteThatIsUnderWayOnWhatIsTaggedOut() throws Exception {
    // Given
    gate =
        () ->
            Future.succeededFuture(
                List.of(new GateRecord(Writes.to("c-1", "pump.flow", 5), Optional.empty())));
    live(directory, Optional.empty());

    // When
    Reply<OperationsState> reply =
        request(new ControlRequest.SetTagOut(VERA, "pump", "bearing is out"));
    gate = () -> Future.failedFuture("the gate is away");
    Reply<OperationsState> other =
        request(new ControlRequest.SetTagOut(VERA, "valve", "seal is out"));

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Declined.class,
            no -> assertThat(no.reason()).contains("holds from now on", "pump.flow to 5.0"));
    assertThat(other)
        .isInstanceOfSatisfying(
            Reply.Declined.class,
            no -> assertThat(no.reason()).contains("holds from now on", "does not answer"));
    assertThat(state().tagOuts()).hasSize(2);
  }

  @Test
  void shouldNotForgetWhatReachedOnlyTheDatabase() throws Exception {
    StoreConfig.Embedded config =
        new StoreConfig.Embedded(directory.resolve("db"), Path.of("target", "postgres"), 32, 4);
    try (Store store = Store.start(config)) {
      assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));
      Database database = store.room("operations");

      // Given: a file that knows of no tag-out, and a disk that is full from then on
      live(directory, Optional.of(database));
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> state() != null);
      ask(new ControlRequest.TakeControl(VERA, false));
      Path obstacle = letTheDiskRefuse(directory);

      // When
      request(new ControlRequest.SetTagOut(VERA, "pump", "bearing is out"));
      await().atMost(Duration.ofSeconds(60)).until(() -> events(database) == 2);
      restart(database);

      // Then
      assertThat(onDisk(directory)).isEmpty();
      await().atMost(Duration.ofSeconds(60)).until(() -> state().tagOuts().size() == 1);
      assertThat(state().control()).isPresent();

      // And given: a file that knows of it
      Files.delete(obstacle);
      await().atMost(Duration.ofSeconds(60)).until(() -> onDisk(directory).size() == 1);
      letTheDiskRefuse(directory);

      // When
      request(new ControlRequest.LiftTagOut(VERA, "pump"));
      await().atMost(Duration.ofSeconds(60)).until(() -> events(database) == 3);
      restart(database);

      // Then
      assertThat(onDisk(directory)).hasSize(1);
      await().atMost(Duration.ofSeconds(60)).until(() -> state().tagOuts().isEmpty());
      stop();
      instances.clear();
    }
  }

  @Test
  void shouldBeDegradedWhileATagOutNamesWhatTheFacilityDoesNotHave() throws Exception {
    // Given
    StateFile file = new StateFile(directory.resolve("operations/state.properties"));
    TagOut lost = new TagOut("old-pump", "vera", "bearing is out", 1);
    file.write(
        new Remembered(
            new OperationsState("UNKNOWN", Optional.empty(), Optional.empty(), List.of(lost)), 1));
    List<RoomHealth> health = new CopyOnWriteArrayList<>();
    listen = bus -> bus.subscribe(Topics.ROOM_HEALTH, health::add);

    // When
    live(directory, Optional.empty());
    await().atMost(Duration.ofSeconds(60)).until(() -> !health.isEmpty());
    RoomHealth begun = health.getFirst();
    ask(new ControlRequest.LiftTagOut(VERA, "old-pump"));

    // Then
    assertThat(begun.status()).isEqualTo(RoomHealth.Status.DEGRADED);
    assertThat(begun.detail()).contains("old-pump", "vera", "nothing is written");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> health.getLast().status() == RoomHealth.Status.UP);
  }

  private void restart(Database database) throws Exception {
    stop();
    instances.clear();
    live(directory, Optional.of(database));
  }

  /** A folder lies where the file would be drafted; ends when it is deleted. */
  private static Path letTheDiskRefuse(Path data) throws Exception {
    return Files.createDirectories(data.resolve("operations/state.properties.new"));
  }

  private static List<TagOut> onDisk(Path data) {
    return new StateFile(data.resolve("operations/state.properties"))
        .read()
        .orElseThrow()
        .state()
        .tagOuts();
  }

  @Test
  void shouldFollowRunsAndRestoreFromTheDatabaseIntoANewDirectory() throws Exception {
    StoreConfig.Embedded config =
        new StoreConfig.Embedded(directory.resolve("db"), Path.of("target", "postgres"), 32, 4);
    try (Store store = Store.start(config)) {
      assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));
      Database database = store.room("operations");

      // Given
      live(directory.resolve("old"), Optional.of(database));
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> state() != null);
      publish("daq.mode", new Value.ChoiceValue(3, "PHYSICS"));
      publish("daq.run.number", new Value.LongValue(4711));
      publish("daq.run.state", new Value.ChoiceValue(1, "RUNNING"));
      ask(new ControlRequest.SetTagOut(VERA, "pump", "bearing is out"));
      ask(new ControlRequest.LockDevice(VERA, "pump", "test", 3_600_000_000_000L));
      await().atMost(Duration.ofSeconds(60)).until(() -> state().run().isPresent());
      assertThat(state().mode()).isEqualTo("PHYSICS");
      assertThat(state().run().orElseThrow().type()).isEqualTo("physics");
      await().atMost(Duration.ofSeconds(60)).until(() -> events(database) == 2);
      assertThat(Files.exists(directory.resolve("old/operations/state.properties"))).isTrue();

      // When
      live(directory.resolve("new"), Optional.of(database));

      // Then
      await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> state() != null);
      assertThat(state().tagOuts())
          .singleElement()
          .satisfies(tagOut -> assertThat(tagOut.members()).containsExactly("pump"));
      assertThat(state().locks()).hasSize(1);
      assertThat(state().run().orElseThrow().number()).isEqualTo(4711);
      stop();
      instances.clear();
    }
  }

  @Test
  void shouldNotSayThatThereAreNoTagOutsBeforeItHasLooked() throws Exception {
    // Given: a site database that does not answer
    Path password = Files.writeString(directory.resolve("password"), "secret");
    StoreConfig.Site nobody =
        new StoreConfig.Site("jdbc:postgresql://127.0.0.1:1/orrery", "orrery", password, 2);
    try (Store store = Store.start(nobody)) {
      List<OperationsState> said = new CopyOnWriteArrayList<>();
      List<RoomHealth> health = new CopyOnWriteArrayList<>();
      listen =
          bus -> {
            bus.subscribe(Topics.OPERATIONS, said::add);
            bus.subscribe(Topics.ROOM_HEALTH, health::add);
          };

      // When
      live(directory, Optional.of(store.room("operations")));
      publish("daq.run.number", new Value.LongValue(4711));
      publish("daq.run.state", new Value.ChoiceValue(1, "RUNNING"));
      ControlRequest tagOut = new ControlRequest.SetTagOut(VERA, "pump", "bearing is out");

      // Then
      await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> health.stream().anyMatch(each -> each.detail().contains("not known")));
      Thread.sleep(500);
      assertThatThrownBy(this::state).hasMessageContaining("nobody serves");
      assertThatThrownBy(() -> ask(tagOut)).hasMessageContaining("nobody serves");
      assertThat(said).isEmpty();
      assertThat(directory.resolve("operations/state.properties")).doesNotExist();
      stop();
      instances.clear();
    }
  }

  private static long events(Database database) {
    return database.inTransaction(
        connection -> {
          try (ResultSet rows =
              connection.createStatement().executeQuery("select count(*) from control_event")) {
            rows.next();
            return rows.getLong(1);
          }
        });
  }

  private void ask(ControlRequest request) throws Exception {
    assertThat(request(request)).isInstanceOf(Reply.Done.class);
  }

  private Reply<OperationsState> request(ControlRequest request) throws Exception {
    return onContext(() -> room.bus().request(Endpoints.OPERATIONS_CONTROL, request));
  }

  private OperationsState state() throws Exception {
    return onContext(() -> room.bus().request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING));
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

  private void publish(String channel, Value value) {
    long nowNs = wall.nowNs();
    room.feed()
        .publish(
            new Sample(
                new ChannelId(channel),
                value,
                Severity.NONE,
                "",
                nowNs,
                nowNs,
                Quality.GOOD,
                0,
                sequence++));
  }

  private static Facility facility() {
    return Plants.of(Map.of(), "pump", "valve");
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
