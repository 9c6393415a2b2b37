package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.data.DataScale;
import org.orrery.simulator.data.Histogram;
import org.orrery.simulator.data.HistogramMaker;
import org.orrery.simulator.data.Interval;
import org.orrery.simulator.data.PlantConditions;
import org.orrery.simulator.data.SavedPlant;

class DataMonitorTest {
  private static final long T0_NS = 1_800_000_000_000_000_000L;
  private static final long LENGTH_NS = TimeUnit.MINUTES.toNanos(5);
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);
  private static final SimulatorConfig CONFIG = SimulatorConfig.reference(3);
  private static final DataScale SCALE = new DataScale(32, 4, 14);
  private static final String DRIFT_TIME = "LAR:DQM:TPC1:R01:DRIFT_TIME";

  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final AtomicLong plantNs = new AtomicLong(T0_NS);

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

  private PvClient serve() {
    PlantClock clock =
        new PlantClock() {
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
    PvServer server = closing(PvServers.start(PvServerSettings.loopback(0, 0)));
    DataMonitor data = closing(new DataMonitor(CONFIG, SCALE, LENGTH_NS, T0_NS, server));
    closing(
            new DetectorHost(
                new DetectorSimulator(CONFIG, T0_NS),
                0,
                clock,
                server,
                state -> CompletableFuture.completedStage(null),
                Optional.of(data),
                PutLog.NONE))
        .start();
    return closing(PvClients.open(PvClientSettings.of(server.searchAddress())));
  }

  private static GetReply.Got read(PvClient client, String pv) {
    return (GetReply.Got) client.get(pv, PATIENCE_NS).join();
  }

  private static GetReply.Got readOf(PvClient client, String pv, long timeNs)
      throws InterruptedException {
    GetReply.Got got = read(client, pv);
    for (int i = 0; i < 200 && got.update().timeNs() < timeNs; i++) {
      Thread.sleep(50);
      got = read(client, pv);
    }
    assertThat(got.update().timeNs()).isEqualTo(timeNs);
    return got;
  }

  private static List<Histogram> expected() {
    DetectorSimulator simulator = new DetectorSimulator(CONFIG, T0_NS);
    var unusedReadings = simulator.step(T0_NS + LENGTH_NS);
    SavedPlant plant = new SavedPlant(CONFIG);
    plant.take(simulator.save());
    double metres = CONFIG.detector().driftMetres();
    return new HistogramMaker(SCALE, metres, CONFIG.seed())
        .make(
            Interval.at(T0_NS, LENGTH_NS),
            new PlantConditions(CONFIG.detector(), SCALE, CONFIG.seed()).read(plant.plant(), 1.0));
  }

  @Test
  void shouldServeTheHistogramsOfEachIntervalOnceItIsOver() throws Exception {
    // Given
    PvClient client = serve();
    assertThat(read(client, DRIFT_TIME).update().severity()).isEqualTo(Severity.INVALID);
    assertThat(read(client, DRIFT_TIME).metadata().kind()).isEqualTo(ValueKind.HISTOGRAM);
    // When
    plantNs.addAndGet(LENGTH_NS / 2);
    Thread.sleep(200);
    plantNs.set(T0_NS + LENGTH_NS + TimeUnit.SECONDS.toNanos(7));
    // Then
    Histogram last = expected().getLast();
    readOf(client, last.spec().pvName(), T0_NS + LENGTH_NS);
    for (Histogram histogram : expected()) {
      if (!histogram.id().endsWith(".u") && !histogram.id().endsWith(".v")) {
        Value value = readOf(client, histogram.spec().pvName(), T0_NS + LENGTH_NS).update().value();
        DoubleArrayValue contents =
            value instanceof HistogramValue served ? served.contents() : (DoubleArrayValue) value;
        assertThat(contents.toArray()).as(histogram.id()).isEqualTo(histogram.contents().toArray());
      }
    }
    assertThat(read(client, DataMonitor.RUN).update().value())
        .isEqualTo(new Value.LongValue(last.runNumber()));
    assertThat(read(client, DataMonitor.EXPOSURE).update().value()).isEqualTo(Value.of(300.0));
    assertThat(read(client, DataMonitor.CONDITIONS).update().value())
        .isEqualTo(Value.of(last.conditionsDigest()));
  }

  @Test
  void shouldListTheHistogramsAndServeMapsWithTheirAxes() {
    // Given
    PvClient client = serve();
    // When
    String catalogue = read(client, DataMonitor.CATALOGUE).update().value().display();
    GetReply.Got map = read(client, "LAR:DQM:FEMB07:OCCUPANCY:X");
    // Then
    assertThat(catalogue.lines())
        .contains(DRIFT_TIME + " dqm.tpc1.r01.drift-time")
        .hasSize(expected().size());
    assertThat(map.metadata().grid().orElseThrow().nx()).isEqualTo(48);
    assertThat(map.metadata().grid().orElseThrow().ny()).isEqualTo(8);
  }

  @Test
  void shouldGoOnWithTheIntervalOfTheDayAfterAJumpOfPlantTime() throws Exception {
    // Given
    PvClient client = serve();
    // When
    plantNs.addAndGet(TimeUnit.DAYS.toNanos(30));
    Thread.sleep(200);
    plantNs.addAndGet(LENGTH_NS);
    // Then
    readOf(client, DRIFT_TIME, T0_NS + TimeUnit.DAYS.toNanos(30) + LENGTH_NS);
  }
}
