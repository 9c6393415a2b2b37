package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.archive.core.PlantDay;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;

/**
 * Keeps a partition for every day that samples fall on, and one for the day after. A hypertable
 * makes its own. Not thread-safe.
 */
final class Partitions {
  private final Database database;
  private final Set<PlantDay> existing = new HashSet<>();
  private boolean known;
  private boolean hypertable;

  Partitions(Database database) {
    this.database = database;
  }

  void ensure(Collection<Sample> samples) {
    if (!known) {
      hypertable = database.inTransaction(connection -> !isPartitioned(connection));
      known = true;
    }
    if (hypertable) {
      return;
    }
    TreeSet<PlantDay> missing = new TreeSet<>();
    for (Sample sample : samples) {
      PlantDay day = PlantDay.of(sample.sourceTimeNs());
      if (!existing.contains(day) && day.isPlausible()) {
        missing.add(day);
        missing.add(day.next());
      }
    }
    missing.removeIf(day -> !day.isPlausible());
    if (!missing.isEmpty()) {
      database.runInTransaction(connection -> create(connection, missing));
      existing.addAll(missing);
    }
  }

  /** Readers hold the table for the time of a query; waiting for them is bounded. */
  private static void create(Connection connection, Set<PlantDay> days) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '5s'");
      for (PlantDay day : days) {
        statement.execute(
            "create table if not exists sample_%s partition of sample for values from (%d) to (%d)"
                .formatted(day.suffix(), day.fromNs(), day.toNs()));
      }
    }
  }

  private static boolean isPartitioned(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select exists (select from pg_partitioned_table"
                    + " where partrelid = 'sample'::regclass)")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
