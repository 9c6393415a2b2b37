package org.orrery.lab.bench.store;

import java.util.ArrayList;
import java.util.List;
import org.orrery.store.Database;

/**
 * What depends on the engine beneath the archive: what it does besides storing as time passes, and
 * how it says what lies on disk. Not thread-safe.
 */
sealed interface StoreUpkeep {

  /** What is done until this plant time, ns, as the engine would do it by itself in a real year. */
  void at(long nowNs);

  /** Makes its statistics good, as the engine does by itself in quiet hours. */
  void analyse();

  /** What lies on disk now. */
  StoreBench.Size size();

  /** Native partitions: nothing is done as time passes. */
  record Postgres(Database database) implements StoreUpkeep {
    @Override
    public void at(long nowNs) {}

    /** Table by table: the whole of a large store would take longer than a statement may. */
    @Override
    public void analyse() {
      List<String> tables =
          new ArrayList<>(
              Sql.texts(
                  database,
                  "select relid::regclass::text from pg_partition_tree('sample') where isleaf"));
      tables.addAll(List.of("rollup", "rollup_hour"));
      tables.forEach(table -> Sql.run(database, "analyze " + table));
    }

    @Override
    public StoreBench.Size size() {
      return Sql.size(
          database,
          """
          select (select sum(n)::bigint from rollup_hour),
            (select sum(pg_total_relation_size(relid)) from pg_partition_tree('sample') where isleaf),
            (select sum(pg_indexes_size(relid)) from pg_partition_tree('sample') where isleaf),
            pg_total_relation_size('rollup') + pg_total_relation_size('rollup_hour')
          """);
    }
  }

  /**
   * A hypertable: pieces older than two plant days are compressed, which its scheduler would do in
   * a real year; the hourly roll-ups are brought up to date in the end.
   */
  record Timescale(Database database, TimescaleJobs jobs) implements StoreUpkeep {
    /** As the archive's own policies have it (V2 of its migrations). */
    private static final long SAMPLE_DAYS = 2;

    private static final long ROLLUP_DAYS = 14;

    @Override
    public void at(long nowNs) {
      compress("sample", nowNs - SAMPLE_DAYS * GeneratedYear.DAY_NS);
      compress("rollup", nowNs - ROLLUP_DAYS * GeneratedYear.DAY_NS);
    }

    /** A piece a transaction, as the scheduler does. */
    private void compress(String table, long olderThanNs) {
      List<String> pieces =
          Sql.texts(
              database,
              ("select format('%%I.%%I', chunk_schema, chunk_name)"
                      + " from timescaledb_information.chunks where hypertable_name = '%s'"
                      + " and hypertable_schema = current_schema() and not is_compressed"
                      + " and range_end_integer <= %d order by range_end_integer")
                  .formatted(table, olderThanNs));
      pieces.forEach(
          piece -> Sql.run(database, "select compress_chunk('%s'::regclass)".formatted(piece)));
    }

    @Override
    public void analyse() {
      jobs.foldHours();
      Sql.run(database, "analyze sample");
      Sql.run(database, "analyze rollup");
    }

    @Override
    public StoreBench.Size size() {
      return Sql.size(
          database,
          """
          select (select sum(n)::bigint from rollup),
            (select total_bytes from hypertable_detailed_size('sample')),
            (select index_bytes from hypertable_detailed_size('sample')),
            hypertable_size('rollup') + hypertable_size('rollup_hour')
          """);
    }
  }
}
