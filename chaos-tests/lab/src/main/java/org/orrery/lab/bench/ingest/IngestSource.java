package org.orrery.lab.bench.ingest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.WallClock;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.HostPort;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.epics.server.ServerStatistics;

/**
 * A server of numeric PVs that change at a chosen rate, in turn, each update with the wall time at
 * which it was made. Not thread-safe.
 */
final class IngestSource implements AutoCloseable {
  private static final long PAUSE_NS = 5_000_000L;
  private static final String UNIT = "K";

  private final WallClock clock;
  private final PvServer server;
  private final List<ServedPv> pvs = new ArrayList<>();
  private int next;
  private long value;

  IngestSource(int channels, WallClock clock) {
    this.clock = clock;
    this.server = PvServers.start(PvServerSettings.loopback(0, 0));
    for (int i = 0; i < channels; i++) {
      PvMetadata metadata =
          new PvMetadata(
              ValueKind.DOUBLE, UNIT, "bench", Range.NONE, Range.NONE, Limits.NONE, List.of());
      pvs.add(
          server.create(
              PvDefinition.readOnly(pv(i), metadata),
              PvState.normal(new Value.DoubleValue(0), clock.nowNs())));
    }
  }

  /** The name of a PV. */
  static String pv(int index) {
    return "BENCH:C" + index;
  }

  /** The description of what is served. */
  static Facility facility(int channels) {
    Map<ChannelId, Channel> all = new LinkedHashMap<>();
    for (int i = 0; i < channels; i++) {
      ChannelId id = new ChannelId("bench.c" + i);
      all.put(
          id,
          new Channel(
              id,
              pv(i),
              ValueKind.DOUBLE,
              UNIT,
              UNIT,
              "bench",
              "bench",
              "A number that changes",
              List.of(),
              0,
              0.0,
              AlarmSettings.NONE,
              Optional.empty(),
              List.of()));
    }
    return new Facility(
        "bench",
        "Bench",
        "UTC",
        true,
        List.of("PHYSICS"),
        List.of(new Facility.Subsystem("bench", "Bench", "nobody", List.of())),
        all);
  }

  HostPort searchAddress() {
    return server.searchAddress();
  }

  ServerStatistics statistics() {
    return server.statistics();
  }

  /** Changes one PV, and its alarm severity. */
  void post(int index, Severity severity) {
    int status = severity == Severity.NONE ? 0 : 3;
    pvs.get(index)
        .post(
            new PvState(
                new Value.DoubleValue(++value),
                severity,
                status,
                severity == Severity.NONE ? "" : "HIHI",
                clock.nowNs()));
  }

  /**
   * Changes PVs in turn at a rate.
   *
   * @return how many updates were made; fewer than asked for where the machine does not keep up
   */
  long run(int perSecond, Duration duration) {
    long start = System.nanoTime();
    long posted = 0;
    long elapsed = 0;
    while (elapsed < duration.toNanos()) {
      long due = elapsed * perSecond / 1_000_000_000L;
      while (posted < due && System.nanoTime() - start < duration.toNanos()) {
        pvs.get(next).post(PvState.normal(new Value.DoubleValue(++value), clock.nowNs()));
        next = (next + 1) % pvs.size();
        posted++;
      }
      LockSupport.parkNanos(PAUSE_NS);
      elapsed = System.nanoTime() - start;
    }
    return posted;
  }

  @Override
  public void close() {
    server.close();
  }
}
