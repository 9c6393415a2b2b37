package org.orrery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.orrery.gateway.core.TestPlant.ENABLE;
import static org.orrery.gateway.core.TestPlant.FLOW;
import static org.orrery.gateway.core.TestPlant.INTERLOCK;
import static org.orrery.gateway.core.TestPlant.REMOTE;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.label;
import static org.orrery.gateway.core.TestPlant.sign;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.CommandOutcome.Unknown;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Value;
import org.orrery.epics.HostPort;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.orrery.gateway.PumpServer.Mood;
import org.orrery.gateway.core.TestPlant;

/** The whole gateway on real pvAccess, against a device server that is killed and comes back. */
class GatewayOnEpicsTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path data;

  private final Facility facility = TestPlant.facility();
  private final SystemWallClock wall = new SystemWallClock();
  private final List<GateRecord> records = new CopyOnWriteArrayList<>();
  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private final List<ChannelHealth> health = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private LocalBus bus;
  private PumpServer pump;
  private int made;

  @BeforeEach
  void startEverything() {
    vertx = Vertx.vertx();
    bus = new LocalBus(vertx);
    pump =
        new PumpServer(
            facility,
            Map.of(
                SPEED,
                Value.of(40.0),
                ENABLE,
                label(TestPlant.OFF_ON, "OFF"),
                TestPlant.RESET,
                label(TestPlant.IDLE_RESET, "IDLE"),
                REMOTE,
                label(TestPlant.LOCAL_REMOTE, "REMOTE"),
                FLOW,
                Value.of(1.67),
                TestPlant.HEATER,
                Value.of(40.0),
                INTERLOCK,
                label(TestPlant.OK_TRIPPED, "OK")));
    bus.subscribe(Topics.GATE_RECORDS, records::add);
    bus.subscribe(Topics.CHANNEL_HEALTH, health::add);
    bus.serve(Endpoints.OPERATIONS_STATE, nothing -> Future.succeededFuture(TestPlant.inPhysics()));
    bus.serve(
        Endpoints.PROPOSALS_CLAIMS, nothing -> Future.succeededFuture(Optional.of(List.of())));
  }

  @AfterEach
  void stopEverything() {
    await(vertx.close());
    pump.close();
  }

  @Test
  void shouldReadEveryChannelAndConfirmAnApprovedWrite() {
    // Given
    deploy(Optional.empty());

    // When
    CommandOutcome outcome = execute(speed(50));

    // Then
    assertThat(outcome).isInstanceOf(Confirmed.class);
    assertThat(pump.writes).containsExactly(Value.of(50.0));
    assertThat(ask(Endpoints.GATEWAY_LATEST, Nothing.NOTHING))
        .hasSize(facility.channels().size())
        .allSatisfy(sample -> assertThat(sample.quality()).isEqualTo(Quality.GOOD));
    await()
        .atMost(SOON)
        .until(() -> samples.stream().anyMatch(s -> s.value().equals(Value.of(50.0))));
    assertThat(records).extracting(r -> r.outcome().isPresent()).containsExactly(false, true);
  }

  @Test
  void shouldRefuseForgedAndUnsignedCommandsOnRecord() {
    // Given
    deploy(Optional.empty());
    SignedCommand forged = sign(speed(50).command(), TestPlant.keys());
    SignedCommand unsigned = new SignedCommand(speed(51).command(), Bytes.of(new byte[0]));

    // When
    List<CommandOutcome> outcomes = List.of(execute(forged), execute(unsigned));

    // Then
    assertThat(outcomes).allSatisfy(o -> assertRefused(o, Reason.BAD_SIGNATURE));
    assertThat(pump.writes).isEmpty();
    await().atMost(SOON).until(() -> records.size() == 2);
  }

  @Test
  void shouldWriteOnceWhenTheServerDiesAfterTakingTheValue() {
    // Given
    String gateway = deploy(Optional.empty());
    pump.mood = Mood.TAKES_AND_HANGS;
    SignedCommand command = speed(50);

    // When
    CommandOutcome outcome = executeAndKill(command);
    pump.restart();

    // Then
    assertThat(outcome).isInstanceOf(Unknown.class);
    awaitOutcome(command, Confirmed.class);
    assertThat(pump.writes).containsExactly(Value.of(50.0));
    assertThat(pump.shows(SPEED)).isEqualTo(Value.of(50.0));
    await(vertx.undeploy(gateway));
    deploy(Optional.empty());
    assertRefused(execute(command), Reason.DUPLICATE);
    assertThat(pump.writes).hasSize(1);
  }

  @Test
  void shouldNotWriteAgainWhenTheServerDiesBeforeTakingTheValue() {
    // Given
    deploy(Optional.empty());
    pump.mood = Mood.HANGS;
    SignedCommand command = speed(50);

    // When
    CommandOutcome outcome = executeAndKill(command);
    CommandOutcome away = outcome(command).orElseThrow();
    pump.restart();

    // Then
    assertThat(outcome).isInstanceOf(Unknown.class);
    assertThat(away).isInstanceOf(Unknown.class);
    CommandOutcome resolved = awaitOutcome(command, Refused.class);
    assertThat(((Refused) resolved).detail()).contains("reads 40.0");
    assertThat(pump.writes).hasSize(1);
    assertThat(pump.shows(SPEED)).isEqualTo(Value.of(40.0));
  }

  @Test
  void shouldStopWritingByFileApiAndPvAndReleaseByTwoExperts() throws Exception {
    // Given
    int port = freePort();
    deploy(Optional.of(GatewayConfig.OwnPvs.loopback(0, port)));
    Path file = data.resolve("gateway/writing-stopped");

    // When
    Files.createFile(file);
    CommandOutcome stoppedByFile = execute(speed(50));
    WritingState released = release("expert-1", "expert-2");
    CommandOutcome written = execute(speed(50));
    PutReply put = putYes(port);
    CommandOutcome stoppedByPv = execute(speed(41));

    // Then
    assertRefused(stoppedByFile, Reason.WRITING_STOPPED);
    assertThat(released.stopped()).isFalse();
    assertThat(written).isInstanceOf(Confirmed.class);
    assertThat(put).isInstanceOf(PutReply.Completed.class);
    assertRefused(stoppedByPv, Reason.WRITING_STOPPED);
    assertThat(file).exists();
    assertThat(pump.writes).hasSize(1);
  }

  @Test
  void shouldRememberAcrossARestartThatWritingIsStoppedThoughTheFileIsRemoved() throws Exception {
    // Given
    String gateway = deploy(Optional.empty());
    ask(Endpoints.GATE_WRITING, new WritingRequest.Stop(person("shifter", false), "smoke"));
    await(vertx.undeploy(gateway));
    Files.delete(data.resolve("gateway/writing-stopped"));

    // When
    deploy(Optional.empty());

    // Then
    assertThat(ask(Endpoints.GATE_WRITING_STATE, Nothing.NOTHING).by()).isEqualTo("shifter");
    assertRefused(execute(speed(50)), Reason.WRITING_STOPPED);
  }

  @Test
  void shouldWriteNothingToAChannelWhoseUnitIsNotTheDescriptions() {
    // Given
    pump.misconfigure(SPEED, "rpm");
    pump.kill();
    pump.restart();
    deploy(Optional.empty());

    // When
    CommandOutcome outcome = execute(speed(50));

    // Then
    assertRefused(outcome, Reason.WRONG_UNIT);
    assertThat(pump.writes).isEmpty();
    assertThat(health).anySatisfy(h -> assertThat(h.link()).isEqualTo(Link.MISMATCH));
    assertThat(ask(Endpoints.GATEWAY_LATEST, Nothing.NOTHING))
        .filteredOn(s -> s.channel().equals(SPEED))
        .singleElement()
        .satisfies(s -> assertThat(s.quality()).isEqualTo(Quality.BAD));
  }

  @Test
  void shouldHoldWritesToWhatThePvSaysOfItselfNow() {
    // Given
    deploy(Optional.empty());
    Channel speed = facility.channels().get(SPEED);

    // When
    pump.describe(speed, speed.egu(), new Range(0, 45));
    pump.show(SPEED, Value.of(40.5));
    await().atMost(SOON).until(() -> hasSample(Value.of(40.5)));
    CommandOutcome beyond = execute(speed(50));
    pump.describe(speed, "rpm", new Range(0, 45));
    pump.show(SPEED, Value.of(41.5));
    await().atMost(SOON).until(() -> hasSample(Value.of(41.5)));
    CommandOutcome otherUnit = execute(speed(44));
    pump.describe(speed, speed.egu(), new Range(0, 45));
    pump.show(SPEED, Value.of(42.5));
    await().atMost(SOON).until(() -> hasSample(Value.of(42.5)));
    CommandOutcome within = execute(speed(44));

    // Then
    assertRefused(beyond, Reason.OUT_OF_RANGE);
    assertRefused(otherUnit, Reason.WRONG_UNIT);
    assertThat(within).isInstanceOf(Confirmed.class);
    assertThat(pump.writes).containsExactly(Value.of(44.0));
    assertThat(samples)
        .filteredOn(s -> s.value().equals(Value.of(41.5)))
        .first()
        .satisfies(s -> assertThat(s.quality()).isEqualTo(Quality.BAD));
  }

  private boolean hasSample(Value value) {
    return samples.stream().anyMatch(s -> s.value().equals(value));
  }

  @Test
  void shouldPublishALostConnectionAsASampleAndRecover() {
    // Given
    deploy(Optional.empty());

    // When
    pump.kill();
    await().atMost(SOON).until(() -> lastQuality(FLOW) == Quality.DISCONNECTED);
    pump.restart();

    // Then
    await().atMost(SOON).until(() -> lastQuality(FLOW) == Quality.GOOD);
    assertThat(samples)
        .filteredOn(s -> s.channel().equals(FLOW))
        .extracting(Sample::sequence)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNeverNameASampleLikeOneOfAnEarlierLifeThoughThePvsTimeStandsStill() {
    // Given a set point that nobody writes, so that its own time is that of the device's start
    String gateway = deploy(Optional.empty());
    await().until(() -> samples.stream().anyMatch(s -> s.channel().equals(SPEED)));
    await(vertx.undeploy(gateway));
    List<Sample> before = samples.stream().filter(s -> s.channel().equals(SPEED)).toList();

    // When
    deploy(Optional.empty());
    await()
        .until(
            () -> samples.stream().filter(s -> s.channel().equals(SPEED)).count() > before.size());

    // Then
    List<Sample> all = samples.stream().filter(s -> s.channel().equals(SPEED)).toList();
    Sample first = all.get(before.size());
    assertThat(first.sourceTimeNs()).isEqualTo(before.getFirst().sourceTimeNs());
    assertThat(all).extracting(Sample::sequence).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldRefuseToBeMadeWithAnInterlockThatTheFacilityDoesNotHave() {
    // Given
    GatewayConfig config =
        GatewayConfig.of(TestPlant.publicKey(), pump.search())
            .withInterlocks(Map.of(new ChannelId("interlock.none"), Set.of("*")));

    // When / Then
    assertThatThrownBy(() -> GatewayModule.create(room(), config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("interlock.none");
  }

  @Test
  void shouldNotStartOnADamagedJournal() throws Exception {
    // Given
    Files.createDirectories(data.resolve("gateway"));
    Files.writeString(data.resolve("gateway/journal"), "not a journal");
    GatewayConfig config = GatewayConfig.of(TestPlant.publicKey(), pump.search());

    // When / Then
    assertThatThrownBy(() -> await(vertx.deployVerticle(GatewayModule.create(room(), config))))
        .rootCause()
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup");
  }

  @Test
  void shouldServeItsOwnPvsAndReportLossAndHealth() throws Exception {
    // Given
    List<LossCount> losses = new CopyOnWriteArrayList<>();
    List<RoomHealth> rooms = new CopyOnWriteArrayList<>();
    bus.subscribe(Topics.LOSS, losses::add);
    bus.subscribe(Topics.ROOM_HEALTH, rooms::add);
    int port = freePort();

    // When
    deploy(Optional.of(GatewayConfig.OwnPvs.loopback(0, port)));

    // Then
    try (PvClient client = PvClients.open(PvClientSettings.of(HostPort.loopback(port)))) {
      await().atMost(SOON).until(() -> get(client, "ORRERY:HEARTBEAT").asDouble().orElse(0) >= 2);
      assertThat(get(client, "ORRERY:WRITING:STOPPED").display()).isEqualTo("NO");
      assertThat(get(client, "ORRERY:TWIN:AGREEMENT").display()).isEqualTo("UNKNOWN");
      assertThat(get(client, "ORRERY:AUTONOMY").display()).isEqualTo("APPROVED_ONLY");
      assertThat(get(client, "ORRERY:ALARM:COUNT")).isEqualTo(new Value.LongValue(0));
    }
    assertThat(losses).extracting(LossCount::stage).contains("transport", "gateway", "feed.test");
    assertThat(rooms).last().satisfies(r -> assertThat(r.status()).isEqualTo(RoomHealth.Status.UP));
  }

  private static Value get(PvClient client, String pv) throws Exception {
    return client.get(pv, TestPlant.SECOND * 5).get(6, TimeUnit.SECONDS) instanceof GetReply.Got got
        ? got.update().value()
        : Value.of("nothing");
  }

  private Quality lastQuality(ChannelId channel) {
    return samples.stream()
        .filter(s -> s.channel().equals(channel))
        .reduce((a, b) -> b)
        .map(Sample::quality)
        .orElse(Quality.BAD);
  }

  private CommandOutcome executeAndKill(SignedCommand command) {
    Future<CommandOutcome> reply = bus.request(Endpoints.GATE_EXECUTE, command);
    await().atMost(SOON).until(() -> pump.writes.size() == 1);
    pump.kill();
    return await(reply);
  }

  private CommandOutcome awaitOutcome(SignedCommand command, Class<?> kind) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> outcome(command).orElseThrow(), kind::isInstance);
  }

  private Optional<CommandOutcome> outcome(SignedCommand command) {
    return ask(Endpoints.GATE_OUTCOME, command.command().id());
  }

  private WritingState release(String first, String second) {
    ask(Endpoints.GATE_WRITING, new WritingRequest.Release(person(first, true), "ok"));
    Reply<WritingState> reply =
        ask(Endpoints.GATE_WRITING, new WritingRequest.Release(person(second, true), "ok"));
    return ((Reply.Done<WritingState>) reply).value();
  }

  private static PutReply putYes(int port) throws Exception {
    try (PvClient client = PvClients.open(PvClientSettings.of(HostPort.loopback(port)))) {
      PvSubscription connection = client.subscribe("ORRERY:WRITING:STOPPED", nobodyListens());
      await().atMost(SOON).until(connection::isConnected);
      return client
          .put("ORRERY:WRITING:STOPPED", new Value.ChoiceValue(1, "YES"), TestPlant.SECOND * 5)
          .get(6, TimeUnit.SECONDS);
    }
  }

  private static PvListener nobodyListens() {
    return new PvListener() {
      @Override
      public void onConnected(PvMetadata metadata) {}

      @Override
      public void onDisconnected() {}

      @Override
      public void onUpdate(PvUpdate update) {}
    };
  }

  private static Person person(String name, boolean expert) {
    return new Person(name, expert ? Set.of(Person.Role.EXPERT) : Set.of(Person.Role.SHIFTER));
  }

  private SignedCommand speed(double hertz) {
    return sign(TestPlant.speed("c-" + ++made, hertz, wall.nowNs()));
  }

  private CommandOutcome execute(SignedCommand command) {
    return ask(Endpoints.GATE_EXECUTE, command);
  }

  private <Q, R> R ask(Endpoint<Q, R> endpoint, Q request) {
    return await(bus.request(endpoint, request));
  }

  private RoomContext room() {
    SampleFeed feed = new LocalSampleFeed(vertx, facility);
    feed.subscribe(
        SampleFeed.FeedOptions.all("test"),
        batch -> {
          samples.addAll(batch.samples());
          return Future.succeededFuture();
        });
    return new RoomContext(
        bus,
        feed,
        facility,
        new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        data.resolve("gateway"),
        "test");
  }

  private String deploy(Optional<GatewayConfig.OwnPvs> ownPvs) {
    GatewayConfig config =
        GatewayConfig.of(TestPlant.publicKey(), pump.search()).withOwnPvs(ownPvs);
    String id = await(vertx.deployVerticle(GatewayModule.create(room(), config)));
    await()
        .atMost(SOON)
        .until(
            () ->
                ask(Endpoints.GATEWAY_LATEST, Nothing.NOTHING).size()
                    == facility.channels().size());
    return id;
  }

  private static int freePort() throws java.io.IOException {
    try (java.net.DatagramSocket socket = new java.net.DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static org.awaitility.core.ConditionFactory await() {
    return org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(CommandOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
