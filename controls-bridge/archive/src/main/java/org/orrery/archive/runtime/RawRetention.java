package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
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
  private static final String FORGOTTEN =
      "select raw_from_ns, array_agg(number) from channel where raw_from_ns is not null group by 1";
  private static final String DELETE =
      "delete from sample where channel = any(?) and source_time_ns >= ? and source_time_ns < ?";

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
    List<String> dropped =
        database.inTransaction(
            connection -> {
              SampleTurn.lock(connection);
              Map<Integer, Long> cuts = cuts(connection, nowNs);
              SampleTurn.forget(connection, begins(cuts));
              List<String> pieces = engine.drop(connection, bySlot(cuts));
              if (!pieces.isEmpty()) {
                SampleTurn.changed(connection);
              }
              return pieces;
            });
    // Nobody adds to what is forgotten, so that this may take its time without the turn.
    long deleted = database.inTransaction(RawRetention::deleteForgotten);
    if (!dropped.isEmpty() || deleted > 0) {
      LOG.info("raw samples that are too old are gone: {} and {} rows", dropped, deleted);
    }
  }

  /** Background work of the database goes by it. */
  private static void tell(Connection connection, long nowNs) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.executeUpdate("update plant_clock set now_ns = " + nowNs) == 0) {
        statement.executeUpdate("insert into plant_clock values (" + nowNs + ")");
      }
    }
  }

  /** For each channel the time before which all is too old, ns; the least for none. */
  private Map<Integer, Long> cuts(Connection connection, long nowNs) throws SQLException {
    long today = PlantDay.of(nowNs).epochDay();
    Map<Integer, Long> cuts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select number, id from channel")) {
      while (row.next()) {
        int days = retention.daysOf(new ChannelId(row.getString(2)));
        cuts.put(row.getInt(1), days == 0 ? Long.MIN_VALUE : new PlantDay(today - days).fromNs());
      }
    }
    return cuts;
  }

  private static Map<Integer, Long> begins(Map<Integer, Long> cuts) {
    Map<Integer, Long> begins = new TreeMap<>(cuts);
    begins.values().removeIf(cut -> cut <= PlantDay.FIRST_NS);
    return begins;
  }

  private static Map<Integer, Long> bySlot(Map<Integer, Long> cuts) {
    Map<Integer, Long> bySlot = new HashMap<>();
    cuts.forEach((number, cut) -> bySlot.merge(ChannelNumbers.slotOf(number), cut, Math::min));
    return bySlot;
  }

  private static long deleteForgotten(Connection connection) throws SQLException {
    long deleted = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FORGOTTEN);
        PreparedStatement delete = connection.prepareStatement(DELETE)) {
      while (row.next()) {
        delete.setArray(1, row.getArray(2));
        delete.setLong(2, PlantDay.FIRST_NS);
        delete.setLong(3, row.getLong(1));
        deleted += delete.executeLargeUpdate();
      }
    }
    return deleted;
  }
}
