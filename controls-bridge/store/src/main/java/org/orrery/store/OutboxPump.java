package org.orrery.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the outbox to the log: at least once, in order per topic and key. A message is deleted
 * after the log acknowledged it; a crash in between repeats it.
 *
 * <p>Thread-safe. Works on a virtual thread until closed. One pump per database: two would keep no
 * order.
 */
public final class OutboxPump implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxPump.class);

  /** Bounds the memory, and what a crash repeats. */
  private static final int BATCH = 500;

  private static final Duration IDLE = Duration.ofMillis(100);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);
  private static final Duration ACKNOWLEDGE_PATIENCE = Duration.ofSeconds(30);

  /**
   * Only messages of transactions older than any that still runs: a sequence hands out its numbers
   * before the commit, so that a lower number may become visible after a higher one.
   */
  private static final String SELECT =
      "select id, topic, key, payload from store.outbox "
          + "where transaction < pg_snapshot_xmin(pg_current_snapshot()) order by id limit "
          + BATCH;

  private final Database database;
  private final OutboxPublisher publisher;
  private final Semaphore wake = new Semaphore(0);
  private final AtomicLong published = new AtomicLong();
  private final Thread thread;
  private volatile String problem = "";
  private volatile boolean closed;

  /** One row. */
  private static final class Message {
    final long id;
    final String topic;
    final String key;
    final byte[] payload;

    Message(long id, String topic, String key, byte[] payload) {
      this.id = id;
      this.topic = topic;
      this.key = key;
      this.payload = payload;
    }

    /** Order is kept within a lane. */
    String lane() {
      return topic + '\0' + key;
    }
  }

  /**
   * Starts pumping.
   *
   * @param store where the outbox is
   * @param publisher puts messages onto the log
   */
  public OutboxPump(Store store, OutboxPublisher publisher) {
    this.database = store.room("store");
    this.publisher = publisher;
    this.thread = Thread.ofVirtual().name("outbox-pump").start(this::loop);
  }

  /** Looks at once instead of within a tenth of a second; call it after a commit. */
  public void wake() {
    wake.release();
  }

  /**
   * How many messages the log has acknowledged.
   *
   * @return counts repetitions too
   */
  public long published() {
    return published.get();
  }

  /**
   * What keeps messages back.
   *
   * @return empty while they flow; not empty after two rounds in trouble, fit for an operator
   */
  public String problem() {
    return problem;
  }

  /** Ends after the batch in hand; what is left goes out in the next life. */
  @Override
  public void close() {
    closed = true;
    wake.release();
    try {
      if (!thread.join(ACKNOWLEDGE_PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What one round did: how many messages went out, and what kept the others back, if any. */
  private record Round(int moved, String problem) {}

  private void loop() {
    Duration backOff = IDLE;
    boolean troubled = false;
    try {
      while (!closed) {
        Round round = tryRound();
        problem = troubled ? round.problem() : "";
        if (round.problem().isEmpty() == troubled) {
          troubled = !round.problem().isEmpty();
          if (troubled) {
            LOG.warn("outbox waits: {}", round.problem());
          } else {
            LOG.info("outbox flows again");
          }
        }
        boolean stuck = troubled && round.moved() == 0;
        backOff = stuck ? min(backOff.multipliedBy(2), MAX_BACK_OFF) : IDLE;
        if (round.moved() < BATCH && !closed) {
          wake.tryAcquire(backOff.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("pump interrupted");
    }
  }

  /**
   * Nothing ends the pump: the database may be away, a statement refused until somebody has mended
   * the table, and an error of ours may be one of this batch only.
   */
  private Round tryRound() throws InterruptedException {
    try {
      return round();
    } catch (DatabaseException e) {
      return new Round(0, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Round(0, "an error of ours: " + e);
    }
  }

  private Round round() throws InterruptedException {
    List<Message> batch = database.inTransaction(OutboxPump::read);
    if (batch.isEmpty()) {
      return new Round(0, "");
    }
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (Message message : batch) {
      sent.add(send(message));
    }
    List<Long> done = new ArrayList<>();
    Set<String> failedLanes = new HashSet<>();
    String problem = "";
    long deadlineNs = System.nanoTime() + ACKNOWLEDGE_PATIENCE.toNanos();
    for (int i = 0; i < batch.size(); i++) {
      Message message = batch.get(i);
      String failure = await(sent.get(i), deadlineNs);
      if (!failure.isEmpty()) {
        failedLanes.add(message.lane());
        problem = failure;
      } else if (!failedLanes.contains(message.lane())) {
        // Behind a failure of the same lane it is published again, so that the order returns.
        done.add(message.id);
      }
    }
    published.addAndGet(done.size());
    database.runInTransaction(connection -> delete(connection, done));
    return new Round(done.size(), problem);
  }

  private CompletableFuture<Void> send(Message message) {
    try {
      return publisher.publish(message.topic, message.key, message.payload).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Empty when the log has it. */
  private static String await(CompletableFuture<Void> sent, long deadlineNs)
      throws InterruptedException {
    try {
      sent.get(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
      return "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    } catch (TimeoutException e) {
      return "no acknowledgement within " + ACKNOWLEDGE_PATIENCE.toSeconds() + " s";
    }
  }

  private static List<Message> read(Connection connection) throws SQLException {
    List<Message> messages = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT)) {
      while (row.next()) {
        messages.add(
            new Message(row.getLong(1), row.getString(2), row.getString(3), row.getBytes(4)));
      }
    }
    return messages;
  }

  private static void delete(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from store.outbox where id = any(?)")) {
      delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      delete.executeUpdate();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
