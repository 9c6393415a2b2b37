package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.archive.core.PlantDay;
import org.orrery.contract.sample.Sample;

/**
 * A hypertable: it makes its chunks by itself, compresses them when they are two plant days old,
 * and keeps hourly roll-ups as a continuous aggregate. A chunk holds all groups of channels.
 */
final class TimescaleEngine implements Engine {
  /** Sites have the extension in a schema of its own or in "public": not where our tables are. */
  private static final String OLD =
      """
      select format('%%I.%%I', chunk_schema, chunk_name),
        format('select %%I.drop_chunks(''sample''::regclass, older_than => %%s::bigint,'
          ' newer_than => %%s::bigint)',
          (select nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
            where extname = 'timescaledb'),
          range_end_integer, range_start_integer)
      from timescaledb_information.chunks
      where hypertable_schema = current_schema() and hypertable_name = 'sample'
        and range_start_integer >= %d and range_end_integer <= %d
      order by range_start_integer limit %d
      """;

  @Override
  public String name() {
    return "TimescaleDB";
  }

  /** It refuses to unpack more than 100,000 rows in a transaction unless it is told otherwise. */
  @Override
  public void unbound(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local timescaledb.max_tuples_decompressed_per_dml_transaction = 0");
    }
  }

  @Override
  public void prepare(Collection<Sample> samples) {
    // Chunks come by themselves.
  }

  @Override
  public void recollect() {
    // It believes nothing.
  }

  @Override
  public boolean leavesOut() {
    return false;
  }

  @Override
  public boolean foldsHours() {
    return true;
  }

  @Override
  public List<String> drop(Connection connection, Map<Integer, Long> cutsNs) throws SQLException {
    long all = cutsNs.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    Map<String, String> old = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery(OLD.formatted(PlantDay.FIRST_NS, all, DROPPED_AT_ONCE))) {
        while (row.next()) {
          old.put(row.getString(1), row.getString(2));
        }
      }
      for (String drop : old.values()) {
        statement.execute(drop);
      }
    }
    return List.copyOf(old.keySet());
  }
}
