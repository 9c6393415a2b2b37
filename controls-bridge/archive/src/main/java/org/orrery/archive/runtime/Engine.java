package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;

/**
 * How the samples lie in the database: what differs between plain PostgreSQL and TimescaleDB.
 * Everything else is the same SQL. Thread-safe; blocks.
 */
sealed interface Engine permits PostgresEngine, TimescaleEngine {
  /** Most pieces that are dropped at once: the server has room for a few thousand locks in all. */
  int DROPPED_AT_ONCE = 20;

  /** What people call it. */
  String name();

  /** Makes room for samples that are about to be stored; their channels have numbers. */
  void prepare(Collection<Sample> samples);

  /** Whether what is 0 or false of a sample is null in its row, which takes less room. */
  boolean leavesOut();

  /** Forgets what it believes of the tables, which others may have changed. */
  void recollect();

  /** Whether the hourly roll-ups follow from those by the minute without our doing. */
  boolean foldsHours();

  /**
   * Has this transaction change as many samples as it has to: a bound of the engine would refuse
   * the same again and again.
   */
  void unbound(Connection connection) throws SQLException;

  /**
   * Drops whole pieces of which every sample is too old, the oldest {@value #DROPPED_AT_ONCE} of
   * them; what lies in a piece together with samples that are kept stays.
   *
   * @param cutsNs for each slot of channel numbers, the plant time before which all its samples are
   *     too old; {@link Long#MIN_VALUE} where some are kept for good
   * @return what was dropped, for people; empty once none is left
   */
  List<String> drop(Connection connection, Map<Integer, Long> cutsNs) throws SQLException;

  /** Finds out which one the tables were made for. */
  static Engine of(Database database, ChannelNumbers numbers) {
    return database.inTransaction(Engine::isPartitioned)
        ? new PostgresEngine(database, numbers)
        : new TimescaleEngine();
  }

  private static boolean isPartitioned(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select relkind = 'p' from pg_class where oid = 'sample'::regclass")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
