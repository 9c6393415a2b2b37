package org.orrery.twin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.twin.Forecast;
import org.orrery.contract.twin.ForecastRequest;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.contract.twin.RehearsalRequest.PlannedWrite;
import org.orrery.contract.twin.Trajectory;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.plant.TestPlant;

/** The room on the real bus, fed by a plant of other equations. */
class TwinVerticleTest {
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final long SECOND_NS = 1_000_000_000L;

  private final TestPlant plant = new TestPlant(17);
  private final AtomicLong plantNs = new AtomicLong(plant.nowNs());
  private final List<TwinState> states = new CopyOnWriteArrayList<>();
  private final List<Diagnosis> diagnoses = new CopyOnWriteArrayList<>();
  private final List<RoomHealth> health = new CopyOnWriteArrayList<>();
  private final BreakingDesk desk = new BreakingDesk();
  private Vertx vertx;
  private LocalBus bus;
  private LocalSampleFeed feed;

  @TempDir private Path data;

  @BeforeEach
  void deploy() throws Exception {
    vertx = Vertx.vertx();
    bus = new LocalBus(vertx);
    Facility facility = facility();
    feed = new LocalSampleFeed(vertx, facility);
    PlantClock clock =
        new PlantClock() {
          @Override
          public long nowNs() {
            return plantNs.get();
          }

          @Override
          public double factor() {
            return 1.0;
          }

          @Override
          public long toWallNs(long plantNs) {
            return plantNs;
          }
        };
    bus.subscribe(Topics.TWIN_STATE, states::add);
    bus.subscribe(Topics.DIAGNOSES, diagnoses::add);
    bus.subscribe(Topics.ROOM_HEALTH, health::add);
    RoomContext room =
        new RoomContext(
            bus,
            feed,
            facility,
            clock,
            new SystemWallClock(),
            new TimeSortedIds(new SystemWallClock(), new SplittableRandom(1)),
            1,
            data,
            "test");
    vertx
        .deployVerticle(new TwinVerticle(room, TwinConfig.DEFAULT, desk))
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Runs the plant and waits until the twin has followed. */
  private void run(int seconds) {
    for (int done = 0; done < seconds; done += 180) {
      for (int i = 0; i < Math.min(180, seconds - done); i++) {
        plant.next().forEach(feed::publish);
      }
      // The samples are on their way before the clock tells the twin that their time is over.
      long untilNs = plant.nowNs();
      await().atMost(Duration.ofSeconds(60)).until(() -> pending() == 0);
      plantNs.set(untilNs);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !states.isEmpty() && states.getLast().atNs() >= untilNs - 12 * SECOND_NS);
    }
  }

  private long pending() {
    return feed.lossCounts().stream().mapToLong(count -> count.pending()).sum();
  }

  @Test
  void shouldFollowDiagnoseAndRehearseAStoppedPump() throws Exception {
    // Given
    run(1200);
    assertThat(states.getLast().agreement()).isEqualTo(org.orrery.contract.twin.Agreement.AGREES);

    // When
    plant.pumpADead = true;
    run(60);
    bus.publish(Topics.FINDINGS, finding());
    plantNs.set(plant.nowNs() + 1);
    await().atMost(Duration.ofSeconds(60)).until(() -> !diagnoses.isEmpty());
    run(60);

    // Then
    assertThat(diagnoses.getFirst().leading().orElseThrow().hypothesis())
        .isInstanceOfSatisfying(
            Hypothesis.PlantFault.class,
            fault -> {
              assertThat(fault.code()).isEqualTo("F5");
              assertThat(fault.device()).isEqualTo("purif.pump-a");
            });
    assertThat(states.getLast().workingHypothesis()).isPresent();
    assertThat(estimate(states.getLast()).band().high()).isLessThan(0.3);

    // When
    Rehearsal rehearsal =
        bus.request(Endpoints.TWIN_REHEARSE, startStandbyPump())
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    // Then
    assertThat(rehearsal).isInstanceOf(Rehearsal.Rehearsed.class);
    Rehearsal.Rehearsed played = (Rehearsal.Rehearsed) rehearsal;
    Trajectory.Point predicted = played.withPlan().getFirst().points().getLast();
    assertThat(predicted.band().median()).isBetween(1.5, 1.85);
    assertThat(played.withoutPlan().getFirst().points().getLast().band().high()).isLessThan(0.3);

    // When
    plant.pumpAEnabled = false;
    plant.pumpBEnabled = true;
    run(600);

    // Then
    assertThat(plant.trueFlow()).isBetween(predicted.band().low(), predicted.band().high());
    assertThat(estimate(states.getLast()).band().median()).isBetween(1.5, 1.85);
    assertThat(states.getLast().agreement()).isEqualTo(org.orrery.contract.twin.Agreement.AGREES);
  }

  @Test
  void shouldSayThatADiagnosisFailedAndTakeUpTheNextOne() {
    // Given
    run(1200);
    plant.pumpADead = true;
    run(60);
    desk.breaks = true;

    // When
    plantNs.set(plant.nowNs() + 1);
    await().atMost(Duration.ofSeconds(60)).until(() -> desk.broke > 0);

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              assertThat(health.getLast().status()).isEqualTo(RoomHealth.Status.DEGRADED);
              assertThat(health.getLast().detail()).contains("diagnosis failed");
            });

    // When
    desk.breaks = false;
    bus.publish(Topics.FINDINGS, finding());
    run(60);

    // Then
    await().atMost(Duration.ofSeconds(60)).until(() -> !diagnoses.isEmpty());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> !health.getLast().detail().contains("diagnosis failed"));
  }

  @Test
  void shouldComeBackToTheContextThatAsked() throws Exception {
    // Given
    WorkerExecutor thread = vertx.createSharedWorkerExecutor("test", 1);
    Context asking = vertx.getOrCreateContext();
    CompletableFuture<List<String>> ran = new CompletableFuture<>();

    // When: the work is over before anybody listens, and after
    asking.runOnContext(
        ignored ->
            TwinService.on(thread, () -> Thread.currentThread().getName())
                .compose(
                    worker ->
                        TwinService.on(thread, () -> worker)
                            .map(w -> List.of(w, Thread.currentThread().getName())))
                .onSuccess(
                    names -> {
                      assertThat(Vertx.currentContext()).isSameAs(asking);
                      ran.complete(names);
                    })
                .onFailure(ran::completeExceptionally));

    // Then
    assertThat(ran.get(10, TimeUnit.SECONDS).getFirst()).startsWith("test");
    assertThat(ran.get().getLast()).contains("eventloop");
  }

  /** Fails while it is told to. */
  private static final class BreakingDesk extends DiagnosisDesk {
    private volatile boolean breaks;
    private volatile int broke;

    @Override
    Optional<Finding> due(long nowNs) {
      if (breaks) {
        broke++;
        throw new IllegalStateException("scripted");
      }
      return super.due(nowNs);
    }
  }

  @Test
  void shouldForecastAndDeclineWhatItHasNoEquationFor() throws Exception {
    // Given
    run(300);

    // When
    Forecast forecast =
        bus.request(Endpoints.TWIN_FORECAST, new ForecastRequest(List.of(FLOW), 3600 * SECOND_NS))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    Rehearsal rehearsal =
        bus.request(
                Endpoints.TWIN_REHEARSE,
                new RehearsalRequest(
                    List.of(
                        new PlannedWrite(
                            new ChannelId("daq.run.command"),
                            new Value.ChoiceValue(1, "START"),
                            0)),
                    List.of(FLOW),
                    60 * SECOND_NS,
                    Optional.empty()))
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);

    // Then
    assertThat(forecast.trajectories().getFirst().points()).hasSizeGreaterThan(60);
    assertThat(rehearsal).isInstanceOf(Rehearsal.NotRehearsed.class);
  }

  private static TwinState.ChannelEstimate estimate(TwinState state) {
    return state.channels().stream()
        .filter(channel -> channel.channel().equals(FLOW))
        .findFirst()
        .orElseThrow();
  }

  private RehearsalRequest startStandbyPump() {
    return new RehearsalRequest(
        List.of(
            write("purif.pump-a.enable", "OFF", 0),
            write("purif.pump-b.enable", "ON", 10 * SECOND_NS)),
        List.of(FLOW),
        300 * SECOND_NS,
        Optional.empty());
  }

  private static PlannedWrite write(String channel, String label, long afterNs) {
    return new PlannedWrite(new ChannelId(channel), new Value.ChoiceValue(0, label), afterNs);
  }

  private Finding finding() {
    long nowNs = plant.nowNs();
    return new Finding(
        new FindingId("f1"),
        "test",
        "flow is not what it should be",
        List.of(FLOW),
        nowNs - 30 * SECOND_NS,
        nowNs,
        50.0,
        1e-9,
        1.0,
        List.of(),
        true,
        Provenance.live(nowNs, nowNs, "test", "1", 0, ""));
  }

  private static Facility facility() {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    channels.put(
        FLOW,
        new Channel(
            FLOW,
            "LAR:PURIF:FLOW",
            ValueKind.DOUBLE,
            "kg/s",
            "kg/s",
            "purification",
            "purif.flow",
            "flow",
            List.of(),
            SECOND_NS,
            0.0,
            AlarmSettings.NONE,
            Optional.empty(),
            List.of()));
    return new Facility(
        "test", "test", "UTC", true, List.of("PHYSICS"), new ArrayList<>(), channels);
  }
}
