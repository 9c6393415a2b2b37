package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.orrery.archive.core.GapTracker;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.LossCount;
import org.orrery.store.Database;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores when channels fell silent. Facts wait in a bounded queue while the database is away; what
 * does not fit, and what the database refuses for good, is left out and counted. Thread-safe.
 */
final class GapWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GapWriter.class);

  /** Stage name in loss counts. */
  static final String STAGE = "archive.gaps";

  /** Every channel of a large facility may come and go once during an outage. */
  private static final int BOUND = 50_000;

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final String CLOSE =
      "update gap set to_ns = ? where channel = ? and to_ns is null and from_ns <= ?";
  private static final String OPEN =
      "insert into gap (channel, from_ns, reason) values (?, ?, ?)"
          + " on conflict (channel, from_ns) do update set reason = excluded.reason";

  private final Database database;
  private final ChannelNumbers numbers;
  private final BlockingQueue<GapTracker.Fact> queue = new ArrayBlockingQueue<>(BOUND);
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicBoolean toldOverflow = new AtomicBoolean();
  private final AtomicBoolean toldRefused = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean closed;

  GapWriter(Database database, ChannelNumbers numbers) {
    this.database = database;
    this.numbers = numbers;
    this.thread = Thread.ofVirtual().name("archive-gaps").start(this::run);
  }

  /** Returns at once. */
  void store(List<GapTracker.Fact> facts) {
    for (GapTracker.Fact fact : facts) {
      in.incrementAndGet();
      if (!queue.offer(fact)) {
        dropped.incrementAndGet();
        if (toldOverflow.compareAndSet(false, true)) {
          LOG.warn("gaps of channels are no longer stored: the database has been away too long");
        }
      }
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
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        List<GapTracker.Fact> facts = new ArrayList<>();
        facts.add(queue.take());
        queue.drainTo(facts, 1_000);
        storeInTheEnd(facts);
      }
    } catch (InterruptedException e) {
      LOG.debug("gap writer ended");
    }
  }

  /**
   * Waits for the database as long as it is away. What it refuses is tried one by one, so that one
   * fact that cannot be stored does not keep the others out.
   */
  private void storeInTheEnd(List<GapTracker.Fact> facts) throws InterruptedException {
    Optional<RuntimeException> refused = stored(facts);
    if (refused.isEmpty()) {
      stored.addAndGet(facts.size());
    } else if (facts.size() > 1) {
      for (GapTracker.Fact fact : facts) {
        storeInTheEnd(List.of(fact));
      }
    } else {
      dropped.incrementAndGet();
      if (toldRefused.compareAndSet(false, true)) {
        LOG.warn(
            "the database refuses a gap of {} for good; it and further ones are left out and"
                + " counted",
            facts.getFirst().channel(),
            refused.get());
      }
    }
  }

  /** Empty once they are stored; otherwise why they never will be. */
  private Optional<RuntimeException> stored(List<GapTracker.Fact> facts)
      throws InterruptedException {
    List<ChannelId> channels = facts.stream().map(GapTracker.Fact::channel).toList();
    while (true) {
      try {
        numbers.ensure(channels);
        database.runInTransaction(connection -> insert(connection, facts));
        return Optional.empty();
      } catch (DatabaseUnavailableException e) {
        LOG.debug("gaps wait: {}", e.getMessage());
        TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
      } catch (RuntimeException e) {
        return Optional.of(e);
      }
    }
  }

  private void insert(Connection connection, List<GapTracker.Fact> facts) throws SQLException {
    try (PreparedStatement close = connection.prepareStatement(CLOSE);
        PreparedStatement open = connection.prepareStatement(OPEN)) {
      for (GapTracker.Fact fact : facts) {
        int channel = numbers.of(fact.channel());
        switch (fact) {
          case GapTracker.Closed closing -> {
            close.setLong(1, closing.toNs());
            close.setInt(2, channel);
            close.setLong(3, closing.toNs());
            close.executeUpdate();
          }
          case GapTracker.Opened opening -> {
            open.setInt(1, channel);
            open.setLong(2, opening.fromNs());
            open.setString(3, opening.reason());
            open.executeUpdate();
          }
        }
      }
    }
  }
}
