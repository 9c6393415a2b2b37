package org.orrery.lab.bench.ingest;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.orrery.contract.time.WallClock;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.PvListener;

/**
 * Counts what one client hands on. The PVs change in turn and the n-th update of all carries n: so
 * the numbers of one PV grow by the number of PVs, and each gap tells how many were lost in it.
 * Thread-safe, as calls for one PV come one at a time.
 */
final class ClientsTally {
  private final int channels;
  private final WallClock clock;
  private final long[] last;
  private final boolean[] excused;
  private final AtomicInteger connected = new AtomicInteger();
  final LongAdder received = new LongAdder();
  final LongAdder overruns = new LongAdder();
  final LongAdder missing = new LongAdder();
  final LongAdder unmarked = new LongAdder();
  final LongAdder repeated = new LongAdder();
  final LongAdder disconnects = new LongAdder();
  final DelayCounts delays = new DelayCounts();

  ClientsTally(int channels, WallClock clock) {
    this.channels = channels;
    this.clock = clock;
    this.last = new long[channels];
    this.excused = new boolean[channels];
  }

  int connected() {
    return connected.get();
  }

  /** Begins anew with what was received by now. */
  void reset() {
    for (LongAdder each :
        new LongAdder[] {received, overruns, missing, unmarked, repeated, disconnects}) {
      each.reset();
    }
    delays.clear();
  }

  /** PVs whose last update is not the one that was posted last. */
  int behind(long posted) {
    int behind = 0;
    for (int i = 0; i < channels; i++) {
      long rounds = (posted - 1 - i + channels) / channels;
      long expected = posted <= i ? 0 : (rounds - 1) * channels + i + 1;
      behind += last[i] == expected ? 0 : 1;
    }
    return behind;
  }

  /** Listens to the PV with this index. */
  PvListener listener(int index) {
    return new PvListener() {
      @Override
      public void onConnected(PvMetadata metadata) {
        connected.incrementAndGet();
      }

      @Override
      public void onDisconnected() {
        connected.decrementAndGet();
        disconnects.increment();
        excused[index] = true;
      }

      @Override
      public void onUpdate(PvUpdate update) {
        take(index, update);
      }
    };
  }

  private void take(int index, PvUpdate update) {
    long value = (long) update.value().asDouble().orElse(0);
    if (value == 0) {
      return;
    }
    if (!update.snapshot()) {
      received.increment();
      delays.add(clock.nowNs() - update.timeNs());
    }
    if (update.lostBefore() > 0) {
      overruns.increment();
    }
    if (value <= last[index]) {
      if (!update.snapshot()) {
        repeated.increment();
      }
      return;
    }
    long before = last[index] == 0 ? index + 1L - channels : last[index];
    long gap = (value - before) / channels - 1;
    missing.add(gap);
    if (gap > 0 && update.lostBefore() == 0 && !excused[index]) {
      unmarked.add(gap);
    }
    excused[index] = false;
    last[index] = value;
  }
}
