package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.archive.core.MinuteRollups;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.DatabaseFaultException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Stores a batch, its roll-ups and the new place in the log in one transaction. A sample that is
 * there already (same channel, source time and sequence) is left out and enters no roll-up. Not
 * thread-safe.
 */
final class SampleWriter {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String COPY =
      "copy %s (" + CopyRows.COLUMNS + ") from stdin (format binary)";
  private static final String INSERT_NEW =
      "insert into sample (%1$s) select %1$s from incoming on conflict do nothing"
              .formatted(CopyRows.COLUMNS)
          + " returning channel, source_time_ns, sequence";
  private static final String ROLL_UP =
      """
      insert into rollup as r
        (channel, minute_ns, n, min, max, sum, last, last_ns, last_seq, severity)
      select * from unnest(?::int[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[],
        ?::float8[], ?::float8[], ?::bigint[], ?::bigint[], ?::smallint[])
      on conflict (channel, minute_ns) do update set
        n = r.n + excluded.n,
        min = least(r.min, excluded.min),
        max = greatest(r.max, excluded.max),
        sum = r.sum + excluded.sum,
        last = case when (excluded.last_ns, excluded.last_seq) > (r.last_ns, r.last_seq)
          then excluded.last else r.last end,
        last_ns = case when (excluded.last_ns, excluded.last_seq) > (r.last_ns, r.last_seq)
          then excluded.last_ns else r.last_ns end,
        last_seq = case when (excluded.last_ns, excluded.last_seq) > (r.last_ns, r.last_seq)
          then excluded.last_seq else r.last_seq end,
        severity = greatest(r.severity, excluded.severity)
      """;

  private final Database database;
  private final ChannelNumbers numbers;
  private final Partitions partitions;
  private final CopyRows rows = new CopyRows();

  /** Names a sample for good. */
  private record Key(int channel, long sourceTimeNs, long sequence) {}

  SampleWriter(Database database, ChannelNumbers numbers) {
    this.database = database;
    this.numbers = numbers;
    this.partitions = new Partitions(database);
  }

  /**
   * Stores the batch; a normal return means that it survives a crash.
   *
   * @return how many samples were new
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away; the batch may
   *     be stored again
   * @throws LogPositions.PositionMovedException when the place in the log is not the expected one
   */
  int write(Batch batch, LogPositions positions) {
    Set<ChannelId> channels = new HashSet<>();
    batch.samples().forEach(sample -> channels.add(sample.channel()));
    numbers.ensure(channels);
    partitions.ensure(batch.samples());
    rows.begin();
    for (int index : byChannel(batch)) {
      Sample sample = batch.sample(index);
      rows.add(sample, numbers.of(sample.channel()), batch.isLate(index));
    }
    rows.end();
    try {
      return database.inTransaction(connection -> writeNew(connection, batch, positions));
    } catch (DatabaseFaultException e) {
      if (!e.sqlState().equals(UNIQUE_VIOLATION)) {
        throw e;
      }
      return database.inTransaction(connection -> writeSome(connection, batch, positions));
    }
  }

  /** Rows of one channel side by side: a smaller index, and fewer pages to read later. */
  private static List<Integer> byChannel(Batch batch) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparing((Integer i) -> batch.sample(i).channel())
            .thenComparingLong(i -> batch.sample(i).sourceTimeNs()));
    return order;
  }

  /** The common case: all of them are new, and go straight into the table. */
  private int writeNew(Connection connection, Batch batch, LogPositions positions)
      throws SQLException {
    move(connection, batch, positions);
    copy(connection, "sample");
    rollUp(connection, MinuteRollups.of(batch.samples()));
    return batch.size();
  }

  /** After redelivery: only the new ones, by way of a temporary table. */
  private int writeSome(Connection connection, Batch batch, LogPositions positions)
      throws SQLException {
    move(connection, batch, positions);
    Set<Key> added = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("create temporary table incoming (like sample) on commit drop");
      copy(connection, "incoming");
      try (ResultSet row = statement.executeQuery(INSERT_NEW)) {
        while (row.next()) {
          added.add(new Key(row.getInt(1), row.getLong(2), row.getLong(3)));
        }
      }
    }
    int count = added.size();
    List<Sample> fresh = new ArrayList<>();
    for (Sample sample : batch.samples()) {
      Key key = new Key(numbers.of(sample.channel()), sample.sourceTimeNs(), sample.sequence());
      if (added.remove(key)) { // once, also where the batch holds it twice
        fresh.add(sample);
      }
    }
    rollUp(connection, MinuteRollups.of(fresh));
    return count;
  }

  private static void move(Connection connection, Batch batch, LogPositions positions)
      throws SQLException {
    for (Map.Entry<Integer, Batch.Span> span : batch.spans().entrySet()) {
      positions.move(connection, span.getKey(), span.getValue());
    }
    for (Batch.Unreadable record : batch.unreadable()) {
      positions.record(
          connection, record.partition(), record.offset(), record.offset() + 1, "no sample");
    }
  }

  private void copy(Connection connection, String table) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY.formatted(table));
    try {
      copy.writeToCopy(rows.buffer(), 0, rows.length());
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void rollUp(Connection connection, Map<MinuteRollups.Key, Rollup> rollups)
      throws SQLException {
    if (rollups.isEmpty()) {
      return;
    }
    int size = rollups.size();
    int[] channel = new int[size];
    long[] minute = new long[size];
    long[] n = new long[size];
    double[] min = new double[size];
    double[] max = new double[size];
    double[] sum = new double[size];
    double[] last = new double[size];
    long[] lastNs = new long[size];
    long[] lastSequence = new long[size];
    short[] severity = new short[size];
    int i = 0;
    for (Map.Entry<MinuteRollups.Key, Rollup> entry : rollups.entrySet()) {
      Rollup rollup = entry.getValue();
      channel[i] = numbers.of(entry.getKey().channel());
      minute[i] = entry.getKey().minuteNs();
      n[i] = rollup.n();
      min[i] = rollup.min();
      max[i] = rollup.max();
      sum[i] = rollup.sum();
      last[i] = rollup.last();
      lastNs[i] = rollup.lastNs();
      lastSequence[i] = rollup.lastSequence();
      severity[i] = (short) rollup.severity().ordinal();
      i++;
    }
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (PreparedStatement upsert = connection.prepareStatement(ROLL_UP)) {
      upsert.setArray(1, postgres.createArrayOf("int4", channel));
      upsert.setArray(2, postgres.createArrayOf("int8", minute));
      upsert.setArray(3, postgres.createArrayOf("int8", n));
      upsert.setArray(4, postgres.createArrayOf("float8", min));
      upsert.setArray(5, postgres.createArrayOf("float8", max));
      upsert.setArray(6, postgres.createArrayOf("float8", sum));
      upsert.setArray(7, postgres.createArrayOf("float8", last));
      upsert.setArray(8, postgres.createArrayOf("int8", lastNs));
      upsert.setArray(9, postgres.createArrayOf("int8", lastSequence));
      upsert.setArray(10, postgres.createArrayOf("int2", severity));
      upsert.executeUpdate();
    }
  }
}
