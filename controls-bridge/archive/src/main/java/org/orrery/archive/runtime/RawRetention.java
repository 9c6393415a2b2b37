package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.orrery.archive.core.PlantDay;
import org.orrery.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many days of raw samples are kept; the roll-ups by the minute stay. Days are counted
 * back from the plant clock and never from a sample's own time, so that a device whose clock runs
 * ahead cannot make the archive forget. Blocks; not thread-safe.
 */
final class RawRetention {
  private static final Logger LOG = LoggerFactory.getLogger(RawRetention.class);
  private static final String PREFIX = "sample_";

  private final Database database;
  private final int days;

  /**
   * Sets the bound.
   *
   * @param database the archive's schema
   * @param days how many whole days before today are kept; 0 keeps all
   */
  RawRetention(Database database, int days) {
    this.database = database;
    this.days = days;
  }

  /** Drops the partitions of days that are too old at this plant time, ns since the epoch. */
  void enforce(long nowNs) {
    if (days == 0) {
      return;
    }
    String oldest = PREFIX + new PlantDay(PlantDay.of(nowNs).epochDay() - days).suffix();
    List<String> dropped =
        database.inTransaction(
            connection -> {
              List<String> old = older(connection, oldest);
              for (String partition : old) {
                drop(connection, partition);
              }
              return old;
            });
    if (!dropped.isEmpty()) {
      LOG.info("raw samples older than {} days are gone: {}", days, dropped);
    }
  }

  private static List<String> older(Connection connection, String oldest) throws SQLException {
    List<String> partitions = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                    + " where i.inhparent = 'sample'::regclass"
                    + " and c.relname ~ '^sample_[0-9]{8}$' order by 1")) {
      while (rows.next()) {
        if (rows.getString(1).compareTo(oldest) < 0) {
          partitions.add(rows.getString(1));
        }
      }
    }
    return partitions;
  }

  private static void drop(Connection connection, String partition) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '5s'");
      statement.execute("drop table " + partition);
    }
  }
}
