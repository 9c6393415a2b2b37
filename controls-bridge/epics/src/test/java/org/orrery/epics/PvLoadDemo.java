package org.orrery.epics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/**
 * Measures one client and one server in one JVM over loopback: time to connect, and updates
 * carried.
 *
 * <p>Arguments: number of PVs, seconds, updates per second and PV (0 for as fast as it goes).
 */
final class PvLoadDemo {
  private PvLoadDemo() {}

  public static void main(String[] arguments) {
    int pvCount = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    int ratePerPv = Integer.parseInt(arguments[2]);
    PvAccessAdapter adapter = new PvAccessAdapter();
    try (PvServer server = adapter.startServer(0, 0);
        PvClient client = adapter.openClient(server.searchAddress())) {
      List<ServedPv> pvs = serve(server, pvCount);
      LongAdder received = new LongAdder();
      long startNs = System.nanoTime();
      for (ServedPv pv : pvs) {
        client.subscribe(pv.definition().name(), counting(received));
      }
      long subscribedNs = System.nanoTime();
      Listening.until("all connections", () -> received.sum() >= pvCount);
      System.out.printf(
          "connect: %d PVs in %d ms (subscribe calls %d ms)%n",
          pvCount,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs),
          TimeUnit.NANOSECONDS.toMillis(subscribedNs - startNs));
      long before = received.sum();
      long posted = load(pvs, Duration.ofSeconds(seconds), ratePerPv);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      System.out.printf(
          "updates: posted %,d/s, received %,d/s, merged by the server %,d, overruns seen %,d,"
              + " disconnected %d%n",
          posted / seconds,
          (received.sum() - before) / seconds,
          server.statistics().merged(),
          client.statistics().overruns(),
          pvCount - client.statistics().connected());
    }
  }

  private static List<ServedPv> serve(PvServer server, int pvCount) {
    PvMetadata metadata =
        new PvMetadata(
            ValueKind.DOUBLE,
            "mbar",
            "pressure",
            new Range(0, 1),
            Range.NONE,
            Limits.NONE,
            List.of());
    List<ServedPv> pvs = new ArrayList<>();
    for (int i = 0; i < pvCount; i++) {
      pvs.add(
          server.create(
              PvDefinition.readOnly("LOAD:PRESSURE:" + i, metadata),
              PvState.normal(Value.of(0), 0)));
    }
    return pvs;
  }

  private static long load(List<ServedPv> pvs, Duration duration, int ratePerPv) {
    long startNs = System.nanoTime();
    long posted = 0;
    for (int round = 0; System.nanoTime() - startNs < duration.toNanos(); round++) {
      for (ServedPv pv : pvs) {
        pv.post(PvState.normal(Value.of(round), round));
        posted++;
      }
      if (ratePerPv > 0) {
        long dueNs = startNs + (round + 1) * TimeUnit.SECONDS.toNanos(1) / ratePerPv;
        LockSupport.parkNanos(dueNs - System.nanoTime());
      }
    }
    return posted;
  }

  private static PvListener counting(LongAdder received) {
    return new PvListener() {
      @Override
      public void onConnected(PvMetadata metadata) {}

      @Override
      public void onDisconnected() {
        System.out.println("disconnected");
      }

      @Override
      public void onUpdate(PvUpdate update) {
        received.increment();
      }
    };
  }
}
