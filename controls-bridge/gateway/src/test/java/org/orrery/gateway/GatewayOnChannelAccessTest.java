package org.orrery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.ENABLE;
import static org.orrery.gateway.core.TestPlant.FLOW;
import static org.orrery.gateway.core.TestPlant.HEATER;
import static org.orrery.gateway.core.TestPlant.INTERLOCK;
import static org.orrery.gateway.core.TestPlant.REMOTE;
import static org.orrery.gateway.core.TestPlant.RESET;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.label;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Confirmed;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.gateway.core.TestPlant;

/**
 * The whole gateway with set points behind {@code ca://} and the switches that bar them behind
 * {@code pva://}, each on a server of its own protocol.
 */
class GatewayOnChannelAccessTest {
  private static final Set<ChannelId> OVER_CA = Set.of(SPEED, FLOW, HEATER);
  private static final Map<ChannelId, Value> VALUES =
      Map.of(
          SPEED, Value.of(40.0),
          ENABLE, label(TestPlant.OFF_ON, "OFF"),
          RESET, label(TestPlant.IDLE_RESET, "IDLE"),
          REMOTE, label(TestPlant.LOCAL_REMOTE, "REMOTE"),
          FLOW, Value.of(1.67),
          HEATER, Value.of(40.0),
          INTERLOCK, label(TestPlant.OK_TRIPPED, "OK"));

  @TempDir Path data;

  private final Facility facility = overBoth(TestPlant.facility());
  private final SystemWallClock wall = new SystemWallClock();
  private final List<GateRecord> records = new CopyOnWriteArrayList<>();
  private final List<Sample> samples = new CopyOnWriteArrayList<>();
  private final List<Value> writes = new CopyOnWriteArrayList<>();
  private final Map<ChannelId, ServedPv> served = new ConcurrentHashMap<>();
  private Vertx vertx;
  private LocalBus bus;
  private PvServer pva;
  private PvServer ca;

  private static Facility overBoth(Facility plain) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    plain.channels().forEach((id, channel) -> channels.put(id, prefixed(channel)));
    return new Facility(
        plain.name(),
        plain.title(),
        plain.zone(),
        plain.simulated(),
        plain.modes(),
        plain.subsystems(),
        channels,
        plain.deviceLimits(),
        plain.groups());
  }

  private static Channel prefixed(Channel c) {
    return new Channel(
        c.id(),
        (OVER_CA.contains(c.id()) ? "ca://" : "pva://") + c.pv(),
        c.kind(),
        c.unit(),
        c.egu(),
        c.subsystem(),
        c.device(),
        c.description(),
        c.choices(),
        c.cadenceNs(),
        c.deadBand(),
        c.alarm(),
        c.writable(),
        c.procedures());
  }

  @BeforeEach
  void startEverything() {
    vertx = Vertx.vertx();
    bus = new LocalBus(vertx);
    bus.subscribe(Topics.GATE_RECORDS, records::add);
    bus.serve(Endpoints.OPERATIONS_STATE, nothing -> Future.succeededFuture(TestPlant.inPhysics()));
    bus.serve(
        Endpoints.PROPOSALS_CLAIMS, nothing -> Future.succeededFuture(Optional.of(List.of())));
    pva = PvServers.start(PvServerSettings.loopback(0, 0));
    ca = PvServers.startChannelAccess(PvServerSettings.loopback(0, 0));
    facility.channels().values().forEach(this::serve);
    GatewayConfig config =
        GatewayConfig.of(
                TestPlant.publicKey(), List.of(pva.searchAddress()), List.of(ca.searchAddress()))
            .withOwnPvs(Optional.empty());
    await(vertx.deployVerticle(GatewayModule.create(room(), config)));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> latest().size() == VALUES.size());
  }

  @AfterEach
  void stopEverything() {
    await(vertx.close());
    pva.close();
    ca.close();
  }

  @Test
  void shouldTakeTheSeverityOfASampleFromItsPv() {
    // When
    served.get(FLOW).post(Value.of(0.4), Severity.MAJOR, "LOLO", wall.nowNs());

    // Then
    Sample alarmed =
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> samples.stream().filter(s -> s.value().equals(Value.of(0.4))).findFirst(),
                Optional::isPresent)
            .orElseThrow();
    assertThat(alarmed.channel()).isEqualTo(FLOW);
    assertThat(alarmed.severity()).isEqualTo(Severity.MAJOR);
    assertThat(alarmed.quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void shouldSeeALostServerAndFindItAgainWhileTheOtherProtocolGoesOn() {
    // When
    ca.close();
    awaitQuality(FLOW, Quality.DISCONNECTED);
    awaitQuality(SPEED, Quality.DISCONNECTED);
    CommandOutcome meanwhile = execute("c-1", SPEED, 50, "Hz");
    ca =
        PvServers.startChannelAccess(
            PvServerSettings.loopback(ca.serverAddress().port(), ca.searchAddress().port()));
    facility.channels().values().stream()
        .filter(c -> OVER_CA.contains(c.id()))
        .forEach(this::serve);

    // Then
    awaitQuality(FLOW, Quality.GOOD);
    awaitQuality(SPEED, Quality.GOOD);
    assertRefused(meanwhile, Reason.DISCONNECTED);
    assertThat(writes).isEmpty();
    assertThat(samples)
        .filteredOn(s -> s.channel().equals(REMOTE))
        .extracting(Sample::quality)
        .containsOnly(Quality.GOOD);
  }

  @Test
  void shouldConfirmAnApprovedWriteByReadingBack() {
    // When
    CommandOutcome outcome = execute("c-1", SPEED, 50, "Hz");

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Confirmed.class, done -> assertThat(done.readback()).isEqualTo(Value.of(50.0)));
    assertThat(writes).containsExactly(Value.of(50.0));
    assertThat(served.get(SPEED).state().value()).isEqualTo(Value.of(50.0));
    assertThat(records).extracting(r -> r.outcome().isPresent()).containsExactly(false, true);
  }

  @Test
  void shouldSendNothingToAPvThatIsReadOnlyThoughTheDescriptionSaysOtherwise() {
    // When
    CommandOutcome outcome = execute("c-1", HEATER, 45, "W");

    // Then
    assertRefused(outcome, Reason.NOT_SENT);
    assertThat(((Refused) outcome).detail()).contains("read-only");
    assertThat(served.get(HEATER).state().value()).isEqualTo(Value.of(40.0));
    assertThat(ca.statistics().puts()).isZero();
  }

  private void serve(Channel channel) {
    String name = TestPlant.pv(channel.id());
    PvMetadata metadata =
        new PvMetadata(
            channel.kind(),
            channel.egu(),
            "",
            Range.NONE,
            Range.NONE,
            Limits.NONE,
            channel.choices());
    PvDefinition definition =
        channel.id().equals(SPEED)
            ? PvDefinition.writable(name, metadata, this::setSpeed)
            : PvDefinition.readOnly(name, metadata);
    PvServer server = OVER_CA.contains(channel.id()) ? ca : pva;
    Value value = VALUES.get(channel.id());
    served.put(channel.id(), server.create(definition, PvState.normal(value, wall.nowNs())));
  }

  private CompletionStage<PutDecision> setSpeed(Value value) {
    writes.add(value);
    served.get(SPEED).post(PvState.normal(value, wall.nowNs()));
    return CompletableFuture.completedStage(new PutDecision.Accepted());
  }

  private void awaitQuality(ChannelId channel, Quality quality) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                samples.stream()
                    .filter(s -> s.channel().equals(channel))
                    .reduce((before, last) -> last)
                    .filter(last -> last.quality() == quality)
                    .isPresent());
  }

  private List<Sample> latest() {
    return await(bus.request(Endpoints.GATEWAY_LATEST, Nothing.NOTHING));
  }

  private CommandOutcome execute(String id, ChannelId channel, double value, String unit) {
    Command command =
        TestPlant.command(id, channel, Value.of(value), unit, wall.nowNs(), List.of());
    return await(bus.request(Endpoints.GATE_EXECUTE, TestPlant.sign(command)));
  }

  private static void assertRefused(CommandOutcome outcome, Reason reason) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
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

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
