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
 * Whole pieces are dropped where the engine has them by group; what is left is deleted by channel.
 * Blocks; not thread-safe.
 */
final class RawRetention {
  private static final Logger LOG = LoggerFactory.getLogger(RawRetention.class);
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
    database.runInTransaction(
        connection -> {
          Map<Integer, Long> cuts = new HashMap<>();
          Map<Long, List<Integer>> channels = new TreeMap<>();
          read(connection, nowNs, cuts, channels);
          List<String> dropped = engine.drop(connection, cuts);
          long deleted = 0;
          for (Map.Entry<Long, List<Integer>> cut : channels.entrySet()) {
            deleted += delete(connection, cut.getValue(), cut.getKey());
          }
          if (!dropped.isEmpty() || deleted > 0) {
            LOG.info("raw samples that are too old are gone: {} and {} rows", dropped, deleted);
          }
        });
  }

  /** Background work of the database goes by it. */
  private static void tell(Connection connection, long nowNs) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.executeUpdate("update plant_clock set now_ns = " + nowNs) == 0) {
        statement.executeUpdate("insert into plant_clock values (" + nowNs + ")");
      }
    }
  }

  /** For each slot the time before which all is too old; for each such time its channels. */
  private void read(
      Connection connection, long nowNs, Map<Integer, Long> cuts, Map<Long, List<Integer>> channels)
      throws SQLException {
    long today = PlantDay.of(nowNs).epochDay();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select number, id from channel")) {
      while (row.next()) {
        int number = row.getInt(1);
        int days = retention.daysOf(new ChannelId(row.getString(2)));
        long cut = days == 0 ? Long.MIN_VALUE : new PlantDay(today - days).fromNs();
        cuts.merge(ChannelNumbers.slotOf(number), cut, Math::min);
        if (cut > PlantDay.FIRST_NS) {
          channels.computeIfAbsent(cut, ns -> new ArrayList<>()).add(number);
        }
      }
    }
  }

  private static long delete(Connection connection, List<Integer> channels, long cutNs)
      throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
      delete.setArray(1, connection.createArrayOf("int4", channels.toArray()));
      delete.setLong(2, PlantDay.FIRST_NS);
      delete.setLong(3, cutNs);
      return delete.executeLargeUpdate();
    }
  }
}
