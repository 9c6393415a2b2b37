package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.Gap;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.DatabaseFaultException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Stores a batch, its roll-ups and the new place in the log in one transaction. A sample that is
 * there already (same channel, source time and sequence) is left out and enters no roll-up.
 * Thread-safe: one batch waits for the other.
 */
final class SampleWriter {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String COPY =
      "copy %s (" + CopyRows.COLUMNS + ") from stdin (format binary)";
  private static final String INSERT_NEW =
      "insert into sample (%1$s) select %1$s from incoming on conflict do nothing"
              .formatted(CopyRows.COLUMNS)
          + " returning channel, source_time_ns, sequence";

  /** A back-filled sample gives way to a measured one of the same time. */
  private static final String INSERT_UNMEASURED =
      """
      insert into sample (%1$s) select %1$s from incoming i
      where not exists (select from sample s where s.channel = i.channel
        and s.source_time_ns = i.source_time_ns and not s.backfilled)
      on conflict do nothing returning channel, source_time_ns, sequence
      """
          .formatted(CopyRows.COLUMNS);

  /** A silence that lies within one that is known already says nothing new. */
  private static final String INSERT_GAP =
      """
      insert into gap (channel, from_ns, to_ns, reason) select ?::int, ?::bigint, ?::bigint, ?::text
      where not exists (select from gap where channel = ? and from_ns <= ?
        and (to_ns is null or to_ns >= ?))
      on conflict do nothing
      """;

  private final Database database;
  private final ChannelNumbers numbers;
  private final Engines engines;
  private final CopyRows rows = new CopyRows();

  /** Names a sample for good. */
  private record Key(int channel, long sourceTimeNs, long sequence) {}

  SampleWriter(Database database, ChannelNumbers numbers, Engines engines) {
    this.database = database;
    this.numbers = numbers;
    this.engines = engines;
  }

  /**
   * Stores the batch; a normal return means that it survives a crash.
   *
   * @return how many samples were new
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away; the batch may
   *     be stored again
   * @throws LogPositions.PositionMovedException when the place in the log is not the expected one
   */
  synchronized int write(Batch batch, LogPositions positions) {
    prepare(batch, false);
    try {
      return database.inTransaction(connection -> writeNew(connection, batch, positions));
    } catch (DatabaseFaultException e) {
      if (!e.sqlState().equals(UNIQUE_VIOLATION)) {
        throw e;
      }
      return database.inTransaction(connection -> writeSome(connection, batch, positions));
    }
  }

  /**
   * Stores what another archive knows; a normal return means that it survives a crash, and the same
   * again changes nothing.
   *
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away; try again
   */
  synchronized Backfill.Done backfill(Backfill backfill) {
    Batch batch = new Batch();
    backfill.samples().forEach(sample -> batch.add(sample, false));
    numbers.ensure(backfill.gaps().stream().map(Backfill.ChannelGap::channel).toList());
    prepare(batch, true);
    return database.inTransaction(
        connection -> {
          int added = insertNew(connection, batch, INSERT_UNMEASURED);
          int gaps = 0;
          for (Backfill.ChannelGap gap : backfill.gaps()) {
            gaps += insert(connection, gap);
          }
          return new Backfill.Done(added, batch.size() - added, gaps);
        });
  }

  private int insert(Connection connection, Backfill.ChannelGap silence) throws SQLException {
    Gap gap = silence.gap();
    int channel = numbers.of(silence.channel());
    long toNs = gap.toNs().orElse(gap.fromNs());
    try (PreparedStatement insert = connection.prepareStatement(INSERT_GAP)) {
      insert.setInt(1, channel);
      insert.setLong(2, gap.fromNs());
      insert.setLong(3, toNs);
      insert.setString(4, gap.reason());
      insert.setInt(5, channel);
      insert.setLong(6, gap.fromNs());
      insert.setLong(7, toNs);
      return insert.executeUpdate();
    }
  }

  private void prepare(Batch batch, boolean backfilled) {
    Set<ChannelId> channels = new HashSet<>();
    batch.samples().forEach(sample -> channels.add(sample.channel()));
    numbers.ensure(channels);
    engines.get().prepare(batch.samples());
    rows.begin();
    for (int index : byChannel(batch)) {
      Sample sample = batch.sample(index);
      rows.add(sample, numbers.of(sample.channel()), batch.isLate(index), backfilled);
    }
    rows.end();
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
    rollUp(connection, batch.samples());
    return batch.size();
  }

  /** After redelivery: only the new ones, by way of a temporary table. */
  private int writeSome(Connection connection, Batch batch, LogPositions positions)
      throws SQLException {
    move(connection, batch, positions);
    return insertNew(connection, batch, INSERT_NEW);
  }

  private int insertNew(Connection connection, Batch batch, String insert) throws SQLException {
    Set<Key> added = new HashSet<>();
    try (Statement statement = connection.createStatement()) {
      statement.execute("create temporary table incoming (like sample) on commit drop");
      copy(connection, "incoming");
      try (ResultSet row = statement.executeQuery(insert)) {
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
    rollUp(connection, fresh);
    return count;
  }

  private static void move(Connection connection, Batch batch, LogPositions positions)
      throws SQLException {
    for (Map.Entry<Integer, LogPositions.Span> span : batch.spans().entrySet()) {
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

  private void rollUp(Connection connection, Collection<Sample> samples) throws SQLException {
    Map<Rollups.Key, Rollup> minutes = Rollups.byMinute(samples);
    RollupTable.MINUTES.merge(connection, minutes, numbers::of);
    if (!engines.get().foldsHours()) {
      RollupTable.HOURS.merge(connection, Rollups.byHour(minutes), numbers::of);
    }
  }
}
