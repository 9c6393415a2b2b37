package org.orrery.archive.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.twin.TwinState;
import org.orrery.store.Database;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what dashboards show beside samples: the twin's belief once a minute of plant time,
 * findings, diagnoses, and what the facility says of its channels. Best effort: facts wait in a
 * bounded queue while the database is away, and what does not fit or is refused is counted. Opened
 * on the archive's context, where the topics are heard; thread-safe.
 */
final class FactWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FactWriter.class);

  /** Stage name in loss counts. */
  static final String STAGE = "archive.facts";

  /** A day of the twin's minutes and more findings than a bad day has. */
  private static final int BOUND = 2_000;

  private static final long RETRY_MS = 1_000;

  private final Database database;
  private final BlockingQueue<Fact> queue = new ArrayBlockingQueue<>(BOUND);
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private final Thread thread;
  private @Nullable TwinState newest;
  private volatile boolean closed;

  private FactWriter(Database database) {
    this.database = database;
    this.thread = Thread.ofVirtual().name("archive-facts").start(this::run);
  }

  /** Listens on the calling context until it is closed. */
  static FactWriter open(RoomContext room, Database database) {
    FactWriter writer = new FactWriter(database);
    writer.offer(new Fact.Described(List.copyOf(room.facility().channels().values())));
    writer.subscriptions.add(room.bus().subscribe(Topics.TWIN_STATE, writer::believed));
    writer.subscriptions.add(
        room.bus().subscribe(Topics.FINDINGS, finding -> writer.offer(new Fact.Found(finding))));
    writer.subscriptions.add(
        room.bus()
            .subscribe(Topics.DIAGNOSES, diagnosis -> writer.offer(new Fact.Explained(diagnosis))));
    return writer;
  }

  /** The last state of a minute is stored when the next one begins. */
  private void believed(TwinState state) {
    TwinState before = newest;
    if (before != null && Fact.Believed.minuteNs(before) != Fact.Believed.minuteNs(state)) {
      offer(new Fact.Believed(before));
    }
    newest = state;
  }

  private void offer(Fact fact) {
    in.incrementAndGet();
    if (!queue.offer(fact)) {
      drop("the database has been away too long");
    }
  }

  /** What became of the facts since the start. */
  LossCount lossCount() {
    // Read in this order, so that pending is never negative.
    long gone = dropped.get();
    long done = stored.get();
    long came = in.get();
    return new LossCount(STAGE, came, done, 0, gone, 0, came - done - gone);
  }

  @Override
  public void close() {
    closed = true;
    subscriptions.forEach(Bus.Subscription::cancel);
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        storeInTheEnd(queue.take());
      }
    } catch (InterruptedException e) {
      LOG.debug("fact writer ended");
    }
  }

  private void storeInTheEnd(Fact fact) throws InterruptedException {
    while (true) {
      try {
        database.runInTransaction(fact::store);
        stored.incrementAndGet();
        return;
      } catch (DatabaseUnavailableException e) {
        LOG.debug("facts wait: {}", e.getMessage());
        TimeUnit.MILLISECONDS.sleep(RETRY_MS);
      } catch (RuntimeException e) {
        drop("the database refuses one for good: " + e);
        return;
      }
    }
  }

  private void drop(String why) {
    if (dropped.getAndIncrement() == 0) {
      LOG.warn("facts for dashboards are left out, further ones are only counted: {}", why);
    }
  }
}
