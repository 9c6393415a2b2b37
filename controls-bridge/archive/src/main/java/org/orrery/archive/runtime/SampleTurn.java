package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.orrery.archive.core.PlantDay;
import org.postgresql.PGConnection;

/**
 * The turn at changing samples and roll-ups, which one has at a time, whatever process it is in;
 * and what there is to know of the times of a channel before one adds to it: where its raw samples
 * were forgotten, and how far back-filled ones reach. Not thread-safe.
 */
final class SampleTurn {
  private static final String LOCK = "select version from sample_turn for update";
  private static final String CHANGED = "update sample_turn set version = version + 1";
  private static final String SELECT =
      "select number, raw_from_ns, backfilled_to_ns from channel"
          + " where raw_from_ns is not null or backfilled_to_ns is not null";
  private static final String FORGET =
      """
      update channel c set raw_from_ns = w.from_ns
      from unnest(?::int[], ?::bigint[]) as w (number, from_ns)
      where c.number = w.number and (c.raw_from_ns is null or c.raw_from_ns < w.from_ns)
      """;
  private static final String BACKFILL =
      """
      update channel c set backfilled_to_ns = w.to_ns
      from unnest(?::int[], ?::bigint[]) as w (number, to_ns)
      where c.number = w.number and (c.backfilled_to_ns is null or c.backfilled_to_ns < w.to_ns)
      """;

  private final Map<Integer, Long> rawFromNs = new HashMap<>();
  private final Map<Integer, Long> backfilledToNs = new HashMap<>();
  private long version = -1;

  /**
   * Waits for the turn, which ends with the transaction.
   *
   * @return whether what was known before holds; otherwise it is known now
   */
  boolean take(Connection connection) throws SQLException {
    long now = lock(connection);
    if (now == version) {
      return true;
    }
    rawFromNs.clear();
    backfilledToNs.clear();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT)) {
      while (row.next()) {
        int channel = row.getInt(1);
        put(rawFromNs, channel, row, 2);
        put(backfilledToNs, channel, row, 3);
      }
    }
    version = now;
    return false;
  }

  private static void put(Map<Integer, Long> times, int channel, ResultSet row, int column)
      throws SQLException {
    long timeNs = row.getLong(column);
    if (!row.wasNull()) {
      times.put(channel, timeNs);
    }
  }

  /** Waits for the turn without learning anything. */
  static long lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(LOCK)) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Whether the raw samples of this time are gone, so that nobody can tell any more which samples
   * the roll-ups hold. Never of a time that no plant can have.
   */
  boolean isForgotten(int channel, long timeNs) {
    Long from = rawFromNs.get(channel);
    return from != null && timeNs < from && timeNs >= PlantDay.FIRST_NS;
  }

  /** False where no sample of this time or a later one was back-filled. */
  boolean mayBeBackfilled(int channel, long timeNs) {
    Long to = backfilledToNs.get(channel);
    return to != null && timeNs <= to;
  }

  /** Has raw samples of these channels begin at these times, ns; with the turn. */
  static void forget(Connection connection, Map<Integer, Long> fromNs) throws SQLException {
    raise(connection, FORGET, fromNs);
  }

  /** Has back-filled samples of these channels reach these times, ns; with the turn. */
  static void backfilled(Connection connection, Map<Integer, Long> toNs) throws SQLException {
    raise(connection, BACKFILL, toNs);
  }

  private static void raise(Connection connection, String update, Map<Integer, Long> times)
      throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    int[] channels = times.keySet().stream().mapToInt(Integer::intValue).toArray();
    long[] ns = times.values().stream().mapToLong(Long::longValue).toArray();
    int changed;
    try (PreparedStatement statement = connection.prepareStatement(update)) {
      statement.setArray(1, postgres.createArrayOf("int4", channels));
      statement.setArray(2, postgres.createArrayOf("int8", ns));
      changed = statement.executeUpdate();
    }
    if (changed > 0) {
      changed(connection);
    }
  }

  /** Has everybody else learn anew, and look again which tables there are; with the turn. */
  static void changed(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(CHANGED);
    }
  }
}
