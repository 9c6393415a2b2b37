package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.orrery.archive.core.GapTracker;
import org.orrery.contract.facility.ChannelId;
import org.orrery.store.Database;
import org.orrery.store.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores when channels fell silent. Facts wait in a bounded queue while the database is away; what
 * does not fit is counted. Thread-safe.
 */
final class GapWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GapWriter.class);

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
  private final AtomicLong dropped = new AtomicLong();
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
      if (!queue.offer(fact) && dropped.getAndIncrement() == 0) {
        LOG.warn("gaps of channels are no longer stored: the database has been away too long");
      }
    }
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
        while (!tryStore(facts)) {
          TimeUnit.NANOSECONDS.sleep(RETRY.toNanos());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("gap writer ended");
    }
  }

  private boolean tryStore(List<GapTracker.Fact> facts) {
    try {
      List<ChannelId> channels = facts.stream().map(GapTracker.Fact::channel).toList();
      numbers.ensure(channels);
      database.runInTransaction(connection -> insert(connection, facts));
      return true;
    } catch (DatabaseException e) {
      LOG.debug("gaps wait: {}", e.getMessage());
      return false;
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
