package org.orrery.dqm.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;
import org.orrery.dqm.DqmConfig;
import org.orrery.dqm.DqmModule;

/** The room on a real bus. */
class DqmVerticleTest {
  private static final long STEP_NS = 10_000_000_000L;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldTellADeviationAndOnWhatItRests() throws Exception {
    // Given
    Facility facility = new Facility("t", "t", "UTC", true, List.of(), List.of(), Map.of());
    SystemWallClock wall = new SystemWallClock();
    RoomContext room =
        new RoomContext(
            new LocalBus(vertx),
            new LocalSampleFeed(vertx, facility),
            facility,
            new RealTime(wall),
            wall,
            () -> "f-1",
            1,
            Path.of("unused"),
            "test");
    List<Finding> told = new CopyOnWriteArrayList<>();
    room.bus().subscribe(Topics.FINDINGS, told::add);
    vertx
        .deployVerticle(DqmModule.create(room, DqmConfig.DEFAULT))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    room.bus().publish(Topics.LOSS, new LossCount("feed.twin", 100, 90, 10, 0, 0, 0));

    // When
    for (int i = 1; i <= 200; i++) {
      double innovation = i < 190 ? (i % 2 == 0 ? 1 : -1) : -20;
      room.bus().publish(Topics.TWIN_STATE, state(i * STEP_NS, innovation));
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> !told.isEmpty());

    // Then
    assertThat(told.getFirst())
        .satisfies(
            finding -> {
              assertThat(finding.channels()).containsExactly(new ChannelId("purif.flow"));
              assertThat(finding.completeness()).isEqualTo(0.9);
              assertThat(finding.title()).endsWith("(on 90 % of the readings)");
              assertThat(finding.evidence().getFirst().text())
                  .isEqualTo("purif.flow 0.02, twin expects 1.64 to 1.70");
            });
  }

  private static TwinState state(long atNs, double innovation) {
    ChannelEstimate flow =
        new ChannelEstimate(
            new ChannelId("purif.flow"),
            new Band(1.64, 1.67, 1.70),
            OptionalDouble.of(innovation < -2 ? 0.02 : 1.67),
            atNs,
            OptionalDouble.of(innovation),
            true);
    return new TwinState(
        atNs,
        Agreement.AGREES,
        1,
        List.of(flow),
        List.of(),
        Optional.empty(),
        Provenance.live(0, atNs, "twin", "t", 0, ""));
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
