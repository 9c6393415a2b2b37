package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvGrid;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvReader;
import org.orrery.epics.client.PvReaders;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

class HistogramReaderTest {
  private static final long T0_NS = 1_800_000_000_000_000_000L;
  private static final long STEP_NS = TimeUnit.MINUTES.toNanos(5);
  private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
  private static final DoubleArrayValue EDGES = DoubleArrayValue.of(0, 1, 2);
  private static final PvGrid GRID = new PvGrid(EDGES, DoubleArrayValue.of(0, 10, 20));

  private final List<DqmHistogram> told = new CopyOnWriteArrayList<>();
  private final PvServer server = PvServers.start(PvServerSettings.loopback(0, 0));
  private final ServedPv run = serve("D:RUN", new Value.LongValue(0));
  private final ServedPv exposure = serve("D:EXPOSURE", Value.of(0.0));
  private final ServedPv interval = serve("D:INTERVAL", Value.of(300.0));
  private final ServedPv conditions = serve("D:CONDITIONS", Value.of(""));
  private final ServedPv histogram =
      server.create(
          PvDefinition.readOnly("D:H", PvMetadata.histogram("us", "")),
          new PvState(contents(0, 0), Severity.INVALID, 6, "nothing yet", T0_NS));
  private final ServedPv map =
      server.create(
          PvDefinition.readOnly("D:M", PvMetadata.map("", GRID)),
          new PvState(DoubleArrayValue.of(0, 0, 0, 0), Severity.INVALID, 6, "", T0_NS));
  private final PvReader client = PvReaders.open(PvClientSettings.of(server.searchAddress()));
  private final HistogramReader reading = new HistogramReader(client, "D:", told::add);

  private ServedPv serve(String name, Value value) {
    PvMetadata metadata =
        new PvMetadata(ValueKind.of(value), "", "", Range.NONE, Range.NONE, Limits.NONE, List.of());
    return server.create(PvDefinition.readOnly(name, metadata), PvState.normal(value, T0_NS));
  }

  private static Value contents(double... contents) {
    return new HistogramValue(EDGES, DoubleArrayValue.of(contents));
  }

  @BeforeEach
  void open() throws Exception {
    var unusedCatalogue = serve("D:CATALOGUE", Value.of("D:H dqm.h\nD:M dqm.m"));
    reading.open();
    until(() -> server.statistics().subscriptions() == 7);
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private void facts(long timeNs, long number) {
    run.post(PvState.normal(new Value.LongValue(number), timeNs));
    exposure.post(PvState.normal(Value.of(290.0), timeNs));
    interval.post(PvState.normal(Value.of(300.0), timeNs));
    conditions.post(PvState.normal(Value.of("c0ffee"), timeNs));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
      Thread.sleep(25);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void shouldTellEachHistogramOnceWithTheFactsOfItsInterval() throws Exception {
    // Given
    long end = T0_NS + STEP_NS;
    // When
    facts(end, 5_001);
    histogram.post(PvState.normal(contents(4, 5), end));
    map.post(PvState.normal(DoubleArrayValue.of(1, 2, 3, 4), end));
    histogram.post(PvState.normal(contents(4, 5), end));
    until(() -> told.size() == 2);
    // Then
    assertThat(told)
        .containsExactlyInAnyOrder(
            new DqmHistogram(
                "dqm.h",
                T0_NS,
                end,
                "us",
                EDGES,
                Optional.empty(),
                DoubleArrayValue.of(4, 5),
                290,
                5_001,
                "c0ffee",
                0),
            new DqmHistogram(
                "dqm.m",
                T0_NS,
                end,
                "",
                EDGES,
                Optional.of(GRID.yEdges()),
                DoubleArrayValue.of(1, 2, 3, 4),
                290,
                5_001,
                "c0ffee",
                0));
  }

  @Test
  void shouldHoldAHistogramUntilItsFactsComeAndCountTheOnesThatNeverDo() throws Exception {
    // Given
    long end = T0_NS + STEP_NS;
    histogram.post(PvState.normal(contents(1, 1), end));
    histogram.post(PvState.normal(contents(2, 2), end + STEP_NS));
    map.post(PvState.normal(DoubleArrayValue.of(1, 2, 3, 4), end));
    // When
    facts(end + STEP_NS, 5_002);
    until(() -> told.size() == 1);
    facts(end, 5_001);
    until(() -> told.size() == 2);
    // Then
    assertThat(told).extracting(DqmHistogram::runNumber).containsExactly(5_002L, 5_001L);
    assertThat(told.getFirst().contents()).isEqualTo(DoubleArrayValue.of(2, 2));
    assertThat(told.getFirst().lostBefore()).isEqualTo(1);
  }

  @Test
  void shouldReadOnWhenAMonitorsClockThatRanAheadIsSetRight() throws Exception {
    // Given a clock that ran ahead for more intervals than the reader keeps facts of
    for (int i = 0; i < 6; i++) {
      facts(T0_NS + DAY_NS + i * STEP_NS, 6_000 + i);
      histogram.post(PvState.normal(contents(i, 1), T0_NS + DAY_NS + i * STEP_NS));
      int number = i + 1;
      until(() -> told.size() == number);
    }
    // When
    long end = T0_NS + STEP_NS;
    histogram.post(PvState.normal(contents(7, 7), end));
    facts(end, 5_001);
    until(() -> told.size() == 7);
    // Then
    assertThat(told.getLast().runNumber()).isEqualTo(5_001);
    assertThat(told.getLast().toNs()).isEqualTo(end);
    assertThat(reading.standing().lastNs()).isEqualTo(end);
  }
}
