package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many days of raw samples are kept, for each group of channels; the roll-ups stay. Days
 * are counted back from the plant clock and never from a sample's own time, so that a device whose
 * clock runs ahead cannot make the archive forget; samples of times that no plant can have stay.
 * Where the raw samples of a channel begin is told with the turn at changing them, so that whoever
 * writes next knows; it never goes back. Whole pieces are dropped where the engine has them by
 * group; what is left is deleted by channel. Blocks; not thread-safe.
 */
final class RawRetention {
  private static final Logger LOG = LoggerFactory.getLogger(RawRetention.class);
  private static final String CHANNELS = "select number, id, raw_from_ns from channel";
  private static final String FORGOTTEN =
      "select raw_from_ns, array_agg(number) from channel where raw_from_ns is not null group by 1";

  /** Of these channels those with rows in the span; the limit keeps it at one look for each. */
  private static final String WITH_ROWS =
      """
      select w.number from unnest(?) as w (number) cross join lateral (
        select from sample s where s.channel = w.number
          and s.source_time_ns >= ? and s.source_time_ns < ? limit 1) as found
      """;

  /** Numbers in plain text: TimescaleDB then unpacks the rows of this channel and time alone. */
  private static final String DELETE =
      "delete from sample where channel = %d and source_time_ns >= %d and source_time_ns < %d";

  /** So much of a channel is deleted in one transaction: some seconds of the fastest. */
  private static final long DELETED_AT_ONCE_NS = Rollup.HOUR_NS;

  private final Database database;
  private final Engines engines;
  private final Retention retention;

  RawRetention(Database database, Engines engines, Retention retention) {
    this.database = database;
    this.engines = engines;
    this.retention = retention;
  }

  /**
   * Forgets what is too old at this plant time, ns since the epoch, and tells the database the
   * time.
   */
  void enforce(long nowNs) {
    Engine engine = engines.get();
    database.runInTransaction(connection -> tell(connection, nowNs));
    if (!retention.forgets()) {
      return;
    }
    List<String> dropped = new ArrayList<>();
    List<String> some;
    do {
      some = database.inTransaction(connection -> drop(connection, engine, nowNs));
      dropped.addAll(some);
    } while (!some.isEmpty());
    // Nobody adds to what is forgotten, so that this may take its time without the turn.
    long deleted = 0;
    for (Rest rest : database.inTransaction(RawRetention::rest)) {
      deleted += delete(engine, rest);
    }
    if (!dropped.isEmpty() || deleted > 0) {
      LOG.info("raw samples that are too old are gone: {} and {} rows", dropped, deleted);
    }
  }

  private List<String> drop(Connection connection, Engine engine, long nowNs) throws SQLException {
    SampleTurn.lock(connection);
    Map<Integer, Long> cuts = new TreeMap<>();
    Map<Integer, Long> rising = new TreeMap<>();
    cuts(connection, nowNs, cuts, rising);
    LastForgotten.keep(connection, rising);
    SampleTurn.forget(connection, rising);
    List<String> pieces = engine.drop(connection, bySlot(cuts));
    if (!pieces.isEmpty()) {
      SampleTurn.changed(connection);
    }
    return pieces;
  }

  /** Background work of the database goes by it. */
  private static void tell(Connection connection, long nowNs) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.executeUpdate("update plant_clock set now_ns = " + nowNs) == 0) {
        statement.executeUpdate("insert into plant_clock values (" + nowNs + ")");
      }
    }
  }

  /**
   * Puts for each channel the time before which all is too old, ns; the least for none. And for
   * those of which more is forgotten now than before, the same.
   */
  private void cuts(
      Connection connection, long nowNs, Map<Integer, Long> cuts, Map<Integer, Long> rising)
      throws SQLException {
    long today = PlantDay.of(nowNs).epochDay();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CHANNELS)) {
      while (row.next()) {
        int number = row.getInt(1);
        int days = retention.daysOf(new ChannelId(row.getString(2)));
        long cut = days == 0 ? Long.MIN_VALUE : new PlantDay(today - days).fromNs();
        cuts.put(number, cut);
        long before = row.getLong(3);
        if (cut > PlantDay.FIRST_NS && (row.wasNull() || before < cut)) {
          rising.put(number, cut);
        }
      }
    }
  }

  private static Map<Integer, Long> bySlot(Map<Integer, Long> cuts) {
    Map<Integer, Long> bySlot = new HashMap<>();
    cuts.forEach((number, cut) -> bySlot.merge(ChannelNumbers.slotOf(number), cut, Math::min));
    return bySlot;
  }

  /** Rows of a channel that no piece took with it: other channels of theirs keep more. */
  private record Rest(int channel, long toNs) {}

  private static List<Rest> rest(Connection connection) throws SQLException {
    List<Rest> all = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FORGOTTEN);
        PreparedStatement select = connection.prepareStatement(WITH_ROWS)) {
      while (row.next()) {
        long toNs = row.getLong(1);
        select.setArray(1, row.getArray(2));
        select.setLong(2, PlantDay.FIRST_NS);
        select.setLong(3, toNs);
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            all.add(new Rest(found.getInt(1), toNs));
          }
        }
      }
    }
    return all;
  }

  private long delete(Engine engine, Rest rest) {
    long all = 0;
    long deleted;
    do {
      deleted = database.inTransaction(connection -> deleteOldest(connection, engine, rest));
      all += deleted;
    } while (deleted > 0);
    return all;
  }

  private static long deleteOldest(Connection connection, Engine engine, Rest rest)
      throws SQLException {
    OptionalLong oldest =
        SampleRows.first(connection, rest.channel(), PlantDay.FIRST_NS, rest.toNs());
    if (oldest.isEmpty()) {
      return 0;
    }
    long fromNs = oldest.getAsLong();
    engine.unbound(connection);
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(
          DELETE.formatted(
              rest.channel(), fromNs, Math.min(rest.toNs(), fromNs + DELETED_AT_ONCE_NS)));
    }
  }
}
