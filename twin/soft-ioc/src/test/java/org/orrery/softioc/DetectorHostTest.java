package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.time.PlantClock;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.SimulatorConfig;

class DetectorHostTest {
  private static final long T0_NS = 1_800_000_000_000_000_000L;
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
  private static final String PRESSURE = "LAR:CRYO:PRESSURE:ABSOLUTE";

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final AtomicLong plantNs = new AtomicLong(T0_NS);
  private final List<StateFile.Saved> saved = new CopyOnWriteArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  private PlantClock clock() {
    return new PlantClock() {
      @Override
      public long nowNs() {
        return plantNs.get();
      }

      @Override
      public double factor() {
        return 20;
      }

      @Override
      public long toWallNs(long plant) {
        return plant;
      }
    };
  }

  private PvClient live(DetectorSimulator simulator, long timeShiftNs) {
    PvServer server = closing(PvServers.start(PvServerSettings.loopback(0, 0)));
    closing(
            new DetectorHost(
                simulator, timeShiftNs, clock(), server, this::keep, Optional.empty(), PutLog.NONE))
        .start();
    return closing(PvClients.open(PvClientSettings.of(server.searchAddress())));
  }

  private CompletionStage<Void> keep(StateFile.Saved state) {
    saved.add(state);
    return CompletableFuture.completedStage(null);
  }

  private static DetectorSimulator simulator() {
    return new DetectorSimulator(SimulatorConfig.reference(3), T0_NS);
  }

  private static PvUpdate read(PvClient client) {
    return ((GetReply.Got) client.get(PRESSURE, PATIENCE_NS).join()).update();
  }

  private PvUpdate readAtLeast(PvClient client, long timeNs) throws InterruptedException {
    PvUpdate update = read(client);
    for (int i = 0; i < 100 && update.timeNs() < timeNs; i++) {
      Thread.sleep(50);
      update = read(client);
    }
    assertThat(update.timeNs()).isGreaterThanOrEqualTo(timeNs);
    return update;
  }

  @Test
  void shouldLiveThroughAShortOutage() throws Exception {
    // Given
    PvClient client = live(simulator(), 0);
    // When
    plantNs.addAndGet(TimeUnit.HOURS.toNanos(1));
    // Then
    PvUpdate update = readAtLeast(client, plantNs.get() - TimeUnit.SECONDS.toNanos(10));
    assertThat(update.timeNs()).isLessThanOrEqualTo(plantNs.get());
  }

  @Test
  void shouldStandStillOverALongOutageAndKeepPlantTime() throws Exception {
    // Given
    DetectorSimulator simulator = simulator();
    PvClient client = live(simulator, 0);
    // When
    plantNs.addAndGet(TimeUnit.DAYS.toNanos(30));
    Thread.sleep(200);
    plantNs.addAndGet(TimeUnit.SECONDS.toNanos(30));
    // Then
    readAtLeast(client, plantNs.get() - TimeUnit.SECONDS.toNanos(10));
    closeAll();
    assertThat(simulator.timeNs()).isEqualTo(T0_NS + TimeUnit.SECONDS.toNanos(30));
    assertThat(saved.getLast().timeShiftNs()).isEqualTo(TimeUnit.DAYS.toNanos(30));
  }

  @Test
  void shouldServeTheRestoredDetectorInPlantTime() throws Exception {
    // Given
    long shiftNs = TimeUnit.DAYS.toNanos(2);
    plantNs.set(T0_NS + shiftNs + TimeUnit.MINUTES.toNanos(30));
    DetectorSimulator simulator = simulator();
    // When
    PvClient client = live(simulator, shiftNs);
    // Then
    readAtLeast(client, plantNs.get() - TimeUnit.SECONDS.toNanos(10));
    assertThat(simulator.timeNs()).isEqualTo(plantNs.get() - shiftNs);
  }
}
