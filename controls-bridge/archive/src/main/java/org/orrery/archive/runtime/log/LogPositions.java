package org.orrery.archive.runtime.log;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.orrery.store.Database;

/** Where reading of one topic of one cluster goes on, as the database knows it. Thread-safe. */
public final class LogPositions {
  private static final String INSERT =
      "insert into kafka_offset (cluster, topic, partition, next_offset, topic_id)"
          + " values (?, ?, ?, ?, ?) on conflict do nothing";
  private static final String ADOPT =
      "update kafka_offset set topic_id = ?"
          + " where cluster = ? and topic = ? and topic_id is null";
  private static final String SELECT =
      "select partition, next_offset, topic_id from kafka_offset where cluster = ? and topic = ?"
          + " for update";
  private static final String RESET =
      "update kafka_offset set next_offset = ?, topic_id = ?"
          + " where cluster = ? and topic = ? and partition = ?";
  private static final String MOVE =
      "update kafka_offset set next_offset = ?, newest_ns = coalesce(?, newest_ns)"
          + " where cluster = ? and topic = ? and partition = ?"
          + " and next_offset = ? and topic_id = ?";
  private static final String UNREADABLE =
      "insert into loss (topic, partition, from_offset, to_offset, reason) values (?, ?, ?, ?, ?)";
  private static final String LOST =
      "insert into loss (from_offset, to_offset, reason, topic, partition, from_ns)"
          + " select ?, ?, ?, topic, partition, newest_ns from kafka_offset"
          + " where cluster = ? and topic = ? and partition = ?";
  private static final String OPEN_LOSSES =
      "select distinct partition from loss"
          + " where topic = ? and from_ns is not null and to_ns is null";
  private static final String END_OF_LOSS =
      "update loss set to_ns = greatest(?, from_ns)"
          + " where topic = ? and partition = ? and from_ns is not null and to_ns is null";

  /** Of what had not been read of the older one nobody knows how much it was. */
  static final String MADE_ANEW =
      "the topic was deleted and made anew: what of it was not read before is lost, in unknown"
          + " number";

  /**
   * A stretch of one partition.
   *
   * @param fromOffset where it begins
   * @param nextOffset where the next one begins
   * @param firstNs when the first sample in it was received, plant ns; empty where it has none
   * @param lastNs when the last one was
   */
  public record Span(long fromOffset, long nextOffset, OptionalLong firstNs, OptionalLong lastNs) {
    /** A stretch without times. */
    public Span(long fromOffset, long nextOffset) {
      this(fromOffset, nextOffset, OptionalLong.empty(), OptionalLong.empty());
    }

    /** The stretch that these records of one partition are, which are at least one. */
    public static Span of(List<? extends ConsumerRecord<?, ?>> records) {
      return new Span(records.getFirst().offset(), records.getLast().offset() + 1);
    }
  }

  private final Database database;
  private final String cluster;
  private final String topic;
  private final String topicId;

  /** Partitions that may have a loss whose end is not known yet. */
  private final Set<Integer> openLosses = ConcurrentHashMap.newKeySet();

  /**
   * Of one topic of one cluster, in the database of the archive.
   *
   * @param topicId which of those that have had this name
   */
  public LogPositions(Database database, String cluster, String topic, String topicId) {
    this.database = database;
    this.cluster = cluster;
    this.topic = topic;
    this.topicId = topicId;
  }

  /** Of a log of which there is only one of this name. */
  public LogPositions(Database database, String cluster, String topic) {
    this(database, cluster, topic, "");
  }

  /**
   * The stored positions; partitions that are new here start at the given offsets, and so do those
   * of a topic that was made anew since, which goes on record as a loss.
   */
  public Map<Integer, Long> load(Map<Integer, Long> beginnings) {
    return database.inTransaction(
        connection -> {
          insert(connection, beginnings);
          try (PreparedStatement adopt = connection.prepareStatement(ADOPT)) {
            adopt.setString(1, topicId);
            adopt.setString(2, cluster);
            adopt.setString(3, topic);
            adopt.executeUpdate();
          }
          Map<Integer, Long> positions = new HashMap<>();
          Map<Integer, Long> ofOlder = new HashMap<>();
          try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, cluster);
            select.setString(2, topic);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                boolean same = topicId.equals(row.getString(3));
                (same ? positions : ofOlder).put(row.getInt(1), row.getLong(2));
              }
            }
          }
          for (Map.Entry<Integer, Long> older : ofOlder.entrySet()) {
            long begin = beginnings.getOrDefault(older.getKey(), 0L);
            reset(connection, older.getKey(), begin);
            lost(connection, older.getKey(), older.getValue(), older.getValue(), MADE_ANEW);
            positions.put(older.getKey(), begin);
          }
          try (PreparedStatement select = connection.prepareStatement(OPEN_LOSSES)) {
            select.setString(1, topic);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                openLosses.add(row.getInt(1));
              }
            }
          }
          return positions;
        });
  }

  private void insert(Connection connection, Map<Integer, Long> beginnings) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Map.Entry<Integer, Long> entry : beginnings.entrySet()) {
        insert.setString(1, cluster);
        insert.setString(2, topic);
        insert.setInt(3, entry.getKey());
        insert.setLong(4, entry.getValue());
        insert.setString(5, topicId);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private void reset(Connection connection, int partition, long begin) throws SQLException {
    try (PreparedStatement reset = connection.prepareStatement(RESET)) {
      reset.setLong(1, begin);
      reset.setString(2, topicId);
      reset.setString(3, cluster);
      reset.setString(4, topic);
      reset.setInt(5, partition);
      reset.executeUpdate();
    }
  }

  /**
   * Moves on within the caller's transaction; a loss before the span ends with its first sample.
   *
   * @throws PositionMovedException when the stored position is not where the span begins: the batch
   *     is in already, or somebody else writes
   */
  public void move(Connection connection, int partition, Span span) throws SQLException {
    try (PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setLong(1, span.nextOffset());
      if (span.lastNs().isPresent()) {
        move.setLong(2, span.lastNs().getAsLong());
      } else {
        move.setNull(2, Types.BIGINT);
      }
      move.setString(3, cluster);
      move.setString(4, topic);
      move.setInt(5, partition);
      move.setLong(6, span.fromOffset());
      move.setString(7, topicId);
      if (move.executeUpdate() != 1) {
        throw new PositionMovedException(
            "the stored position of %s-%d is not %d"
                .formatted(topic, partition, span.fromOffset()));
      }
    }
    if (span.firstNs().isPresent() && openLosses.contains(partition)) {
      end(connection, partition, span.firstNs().getAsLong());
    }
  }

  /** Forgets the partition only when there is nothing left: this transaction may yet fail. */
  private void end(Connection connection, int partition, long toNs) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END_OF_LOSS)) {
      end.setLong(1, toNs);
      end.setString(2, topic);
      end.setInt(3, partition);
      if (end.executeUpdate() == 0) {
        openLosses.remove(partition);
      }
    }
  }

  /** Jumps and puts on record what is skipped, in a transaction of its own. */
  public void jump(int partition, long from, long to, String reason) {
    database.runInTransaction(
        connection -> {
          lost(connection, partition, from, to, reason);
          move(connection, partition, new Span(from, to));
        });
    openLosses.add(partition);
  }

  /** What is lost begins with the newest sample that was stored. */
  private void lost(Connection connection, int partition, long from, long to, String reason)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(LOST)) {
      insert.setLong(1, from);
      insert.setLong(2, to);
      insert.setString(3, reason);
      insert.setString(4, cluster);
      insert.setString(5, topic);
      insert.setInt(6, partition);
      insert.executeUpdate();
    }
  }

  /** Puts a record that cannot be read on record, within the caller's transaction. */
  public void unreadable(Connection connection, int partition, long offset, String reason)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(UNREADABLE)) {
      insert.setString(1, topic);
      insert.setInt(2, partition);
      insert.setLong(3, offset);
      insert.setLong(4, offset + 1);
      insert.setString(5, reason);
      insert.executeUpdate();
    }
  }

  /** The stored position differs from the expected one; load it anew. */
  public static final class PositionMovedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PositionMovedException(String message) {
      super(message);
    }
  }
}
