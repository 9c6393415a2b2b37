package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.value.ValueKind;
import org.orrery.store.Database;

class FactWriterTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long START = 1_800_000_000L * 1_000_000_000L;
  private static final ChannelId FLOW = new ChannelId("facts.flow");
  private static final Provenance LIVE = Provenance.live(0, 1, "test", "1", 0, "");

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final LocalBus bus = new LocalBus(vertx);
  private final Database database = Servers.shared();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void shouldKeepWhatDashboardsShowBesideSamples() {
    // Given
    try (FactWriter writer = FactWriter.open(room(), database)) {
      // When
      bus.publish(Topics.TWIN_STATE, twin(START, 1.0));
      bus.publish(Topics.TWIN_STATE, twin(START + MINUTE / 2, 2.0));
      bus.publish(Topics.TWIN_STATE, twin(START + MINUTE, 3.0));
      bus.publish(Topics.FINDINGS, finding(true));
      bus.publish(Topics.FINDINGS, finding(false));
      bus.publish(Topics.DIAGNOSES, diagnosis());

      // Then: the last belief of the minute that is over, the finding as it stands
      await().atMost(Duration.ofSeconds(60)).until(() -> writer.lossCount().out() == 5);
      assertThat(writer.lossCount().unaccounted()).isZero();
      assertThat(writer.lossCount().dropped()).isZero();
    }
    assertThat(
            count(
                "dashboard_estimate where quantity = 'facts.flow' and expected = 2 and unit ="
                    + " 'kg/s' and not parameter and measured = 1.9"))
        .isEqualTo(1);
    assertThat(count("dashboard_estimate where quantity = 'facts source' and parameter"))
        .isEqualTo(1);
    assertThat(count("dashboard_twin where minute_ns = " + START + " and agreement = 'AGREES'"))
        .isEqualTo(1);
    assertThat(count("dashboard_finding where id = 'facts-f' and not active")).isEqualTo(1);
    assertThat(count("dashboard_diagnosis where finding = 'facts-f' and cause = 'pump stopped'"))
        .isEqualTo(1);
    assertThat(count("dashboard_channel where id = 'facts.flow' and subsystem = 'purification'"))
        .isEqualTo(1);
  }

  private long count(String what) {
    return Servers.count(database, "select count(*) from " + what);
  }

  private static TwinState twin(long atNs, double expected) {
    return new TwinState(
        atNs,
        Agreement.AGREES,
        1,
        List.of(
            new TwinState.ChannelEstimate(
                FLOW,
                new Band(expected - 1, expected, expected + 1),
                OptionalDouble.of(1.9),
                atNs,
                OptionalDouble.empty(),
                true)),
        List.of(new TwinState.ParameterEstimate("facts source", 1, 0.1, "ppb/d")),
        Optional.empty(),
        LIVE);
  }

  private static Finding finding(boolean active) {
    return new Finding(
        new FindingId("facts-f"),
        "dqm.innovation",
        "flow is odd",
        List.of(FLOW),
        START,
        START + MINUTE,
        9,
        1e-6,
        1,
        List.of(),
        active,
        LIVE);
  }

  private static Diagnosis diagnosis() {
    return new Diagnosis(
        new DiagnosisId("facts-d"),
        new FindingId("facts-f"),
        START,
        START,
        List.of(
            new Diagnosis.Cause(
                new Hypothesis.PlantFault("F5", "pump stopped", "pump-a"),
                0.9,
                List.of(),
                List.of())),
        List.of(),
        1,
        Agreement.AGREES,
        LIVE);
  }

  private RoomContext room() {
    SystemWallClock wall = new SystemWallClock();
    Channel flow =
        new Channel(
            FLOW,
            "T:FLOW",
            ValueKind.DOUBLE,
            "kg/s",
            "kg/s",
            "purification",
            "loop",
            "Flow",
            List.of(),
            0,
            0,
            AlarmSettings.NONE,
            Optional.empty(),
            List.of());
    Facility facility =
        new Facility("probe", "Probe", "UTC", true, List.of(), List.of(), Map.of(FLOW, flow));
    return new RoomContext(
        bus,
        new LocalSampleFeed(vertx, facility),
        facility,
        new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        folder,
        "test");
  }
}
