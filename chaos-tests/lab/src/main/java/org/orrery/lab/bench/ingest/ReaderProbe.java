package org.orrery.lab.bench.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.lab.bench.Percentiles;

/**
 * Asks the archive again and again for what is new of a few channels, as a display would, and notes
 * how old each sample is when it is first seen. Thread-safe.
 */
final class ReaderProbe implements AutoCloseable {
  /** Pause between two looks, ms: the resolution. */
  static final long POLL_MS = 40;

  private static final int CHANNELS = 4;
  private static final long PATIENCE_SECONDS = 30;
  private static final int LIMIT = 10_000;

  private final RoomContext room;
  private final List<ChannelId> channels;
  private final Percentiles delays = new Percentiles();
  private final Thread thread;

  private ReaderProbe(RoomContext room) {
    this.room = room;
    List<ChannelId> all = List.copyOf(room.facility().channels().keySet());
    this.channels = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      channels.add(all.get((int) ((long) i * all.size() / CHANNELS)));
    }
    this.thread = Thread.ofPlatform().daemon().name("reader-probe").start(this::look);
  }

  static ReaderProbe start(RoomContext room) {
    return new ReaderProbe(room);
  }

  private void look() {
    long[] seenNs = new long[channels.size()];
    java.util.Arrays.fill(seenNs, room.plantClock().nowNs());
    try {
      while (!Thread.currentThread().isInterrupted()) {
        for (int i = 0; i < seenNs.length; i++) {
          seenNs[i] = look(channels.get(i), seenNs[i]);
        }
        Thread.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the time of the newest sample. */
  private long look(ChannelId channel, long seenNs) throws InterruptedException {
    HistoryQuery query =
        new HistoryQuery(
            channel, seenNs + 1, Long.MAX_VALUE / 2, new HistoryQuery.Resolution.Raw(LIMIT));
    History history;
    try {
      history =
          room.bus()
              .request(Endpoints.ARCHIVE_HISTORY, query)
              .toCompletionStage()
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException busy) {
      return seenNs; // seen later, and then with its whole delay
    }
    long nowNs = room.plantClock().nowNs();
    long newestNs = seenNs;
    for (History.Point point : history.points()) {
      synchronized (delays) {
        delays.add((nowNs - point.timeNs()) * 1e-6);
      }
      newestNs = Math.max(newestNs, point.timeNs());
    }
    return newestNs;
  }

  /** What was seen so far; the caller's own copy once this is closed. */
  Percentiles delays() throws InterruptedException {
    close();
    return delays;
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
