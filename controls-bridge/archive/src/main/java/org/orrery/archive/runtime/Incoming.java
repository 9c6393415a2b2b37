package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.contract.sample.Sample;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Samples on their way into the table. Used again for each batch; not thread-safe. */
final class Incoming {
  private static final String COPY =
      "copy %s (" + CopyRows.COLUMNS + ") from stdin (format binary)";
  private static final String STAGE =
      "create temporary table incoming (like sample) on commit drop";
  private static final String INSERT =
      "insert into sample (%1$s) select %1$s from incoming i".formatted(CopyRows.COLUMNS);
  private static final String UNMEASURED =
      """
       where not exists (select from sample s where s.channel = i.channel
        and s.source_time_ns = i.source_time_ns and s.backfilled is not true
        and s.source_time_ns between %d and %d)
      """;
  private static final String NEW =
      " on conflict do nothing returning channel, source_time_ns, sequence";
  private static final String GIVE_WAY =
      """
      delete from sample s using incoming i
      where s.channel = i.channel and s.source_time_ns = i.source_time_ns and s.backfilled
        and s.source_time_ns between %d and %d
      returning s.channel, s.source_time_ns, s.sequence
      """;

  /** The few rows that are looked for are in an index; the days that they lie in are large. */
  private static final String BY_INDEX =
      "set local enable_hashjoin = off; set local enable_mergejoin = off";

  private final CopyRows rows = new CopyRows();
  private final List<Sample> samples = new ArrayList<>();
  private final ChannelNumbers numbers;

  /** Names a sample for good. */
  private record Key(int channel, long sourceTimeNs, long sequence) {}

  Incoming(ChannelNumbers numbers) {
    this.numbers = numbers;
  }

  /**
   * Lets go of those before.
   *
   * @param leaveOut whether what is 0 or false is null in a row
   */
  void begin(boolean leaveOut) {
    samples.clear();
    rows.begin(leaveOut);
  }

  /** Takes a sample of the channel with this number. */
  void add(Sample sample, int number, boolean late, boolean backfilled) {
    samples.add(sample);
    rows.add(sample, number, late, backfilled);
  }

  void end() {
    rows.end();
  }

  List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  /** Puts them straight into the table; fails where one is there already. */
  void copy(Connection connection) throws SQLException {
    if (!samples.isEmpty()) {
      copy(connection, "sample");
    }
  }

  /**
   * Adds those that are not there; the back-filled samples of their times give way.
   *
   * @param thinned takes the minutes that were left with fewer samples than their roll-ups say
   * @return those that were added
   */
  List<Sample> addMeasured(Connection connection, Set<Rollups.Key> thinned) throws SQLException {
    if (samples.isEmpty()) {
      return List.of();
    }
    try (Statement statement = connection.createStatement()) {
      stage(connection, statement);
      Set<Key> gone = keys(statement, betweenTimes(GIVE_WAY));
      if (!gone.isEmpty()) {
        thinned.addAll(minutes(gone));
      }
      return only(keys(statement, INSERT + NEW));
    }
  }

  /** Adds those that are not there and of whose time there is no measured one; returns them. */
  List<Sample> addBackfilled(Connection connection) throws SQLException {
    if (samples.isEmpty()) {
      return List.of();
    }
    try (Statement statement = connection.createStatement()) {
      stage(connection, statement);
      return only(keys(statement, INSERT + betweenTimes(UNMEASURED) + NEW));
    }
  }

  private Set<Rollups.Key> minutes(Set<Key> gone) {
    Map<Integer, Set<Long>> byChannel = new HashMap<>();
    for (Key key : gone) {
      byChannel
          .computeIfAbsent(key.channel(), number -> new HashSet<>())
          .add(Reduction.startOf(key.sourceTimeNs(), Rollup.MINUTE_NS));
    }
    Set<Rollups.Key> minutes = new HashSet<>();
    for (Sample sample : samples) {
      long startNs = Reduction.startOf(sample.sourceTimeNs(), Rollup.MINUTE_NS);
      if (byChannel.getOrDefault(numbers.of(sample.channel()), Set.of()).contains(startNs)) {
        minutes.add(new Rollups.Key(sample.channel(), startNs));
      }
    }
    return minutes;
  }

  private void stage(Connection connection, Statement statement) throws SQLException {
    statement.execute(STAGE);
    copy(connection, "incoming");
    statement.execute(BY_INDEX);
  }

  /** Keeps the plan to the days that matter. */
  private String betweenTimes(String sql) {
    LongSummaryStatistics times =
        samples.stream().mapToLong(Sample::sourceTimeNs).summaryStatistics();
    return sql.formatted(times.getMin(), times.getMax());
  }

  private static Set<Key> keys(Statement statement, String sql) throws SQLException {
    Set<Key> keys = new HashSet<>();
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        keys.add(new Key(row.getInt(1), row.getLong(2), row.getLong(3)));
      }
    }
    return keys;
  }

  private List<Sample> only(Set<Key> added) {
    List<Sample> fresh = new ArrayList<>();
    for (Sample sample : samples) {
      Key key = new Key(numbers.of(sample.channel()), sample.sourceTimeNs(), sample.sequence());
      if (added.remove(key)) { // once, also where the batch holds it twice
        fresh.add(sample);
      }
    }
    return fresh;
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
}
