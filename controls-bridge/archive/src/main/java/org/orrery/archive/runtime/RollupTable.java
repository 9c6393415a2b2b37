package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Severity;
import org.postgresql.PGConnection;

/** The tables of roll-ups. Stateless. */
enum RollupTable {
  MINUTES("rollup", "minute_ns", Rollup.MINUTE_NS),
  HOURS("rollup_hour", "hour_ns", Rollup.HOUR_NS);

  /** In the order in which {@link #read} takes them. */
  private static final String COLUMNS = "n, min, max, sum, m2, last, last_ns, last_seq, lost";

  private static final Severity[] SEVERITIES = Severity.values();

  /** Length of its intervals, plant ns. */
  final long intervalNs;

  private final String upsert;
  private final String replace;
  private final String select;
  private final String selectLast;
  private final String selectStart;
  private final String count;

  RollupTable(String table, String start, long intervalNs) {
    this.intervalNs = intervalNs;
    String insert =
        """
        insert into %1$s as r
          (channel, %2$s, n, min, max, sum, m2, last, last_ns, last_seq, lost, severity)
        select * from unnest(?::int[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[],
          ?::float8[], ?::float8[], ?::float8[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::smallint[])
        on conflict (channel, %2$s) do update set
        """
            .formatted(table, start);
    this.upsert =
        insert
            + """
              n = r.n + excluded.n,
              min = least(r.min, excluded.min),
              max = greatest(r.max, excluded.max),
              sum = r.sum + excluded.sum,
              m2 = case when r.n = 0 then excluded.m2 when excluded.n = 0 then r.m2
                else r.m2 + excluded.m2 + power(r.sum / r.n - excluded.sum / excluded.n, 2)
                  * r.n / (r.n + excluded.n) * excluded.n end,
              last = case when (excluded.last_ns, excluded.last_seq) > (r.last_ns, r.last_seq)
                then excluded.last else r.last end,
              last_ns = case when (excluded.last_ns, excluded.last_seq) > (r.last_ns, r.last_seq)
                then excluded.last_ns else r.last_ns end,
              last_seq = case when (excluded.last_ns, excluded.last_seq) > (r.last_ns, r.last_seq)
                then excluded.last_seq else r.last_seq end,
              lost = r.lost + excluded.lost,
              severity = greatest(r.severity, excluded.severity)
            """;
    this.replace =
        insert
            + """
              n = excluded.n, min = excluded.min, max = excluded.max, sum = excluded.sum,
              m2 = excluded.m2, last = excluded.last, last_ns = excluded.last_ns,
              last_seq = excluded.last_seq, lost = excluded.lost, severity = excluded.severity
            """;
    this.select =
        "select %2$s, %3$s, severity from %1$s where channel = ? and %2$s >= ? and %2$s < ?"
            .formatted(table, start, COLUMNS);
    this.selectStart =
        "select %2$s from %1$s where channel = ? and %2$s >= ? and %2$s < ?"
            .formatted(table, start);
    this.count =
        "select coalesce(sum(n), 0)::bigint from %1$s where channel = ? and %2$s >= ? and %2$s < ?"
            .formatted(table, start);
    this.selectLast =
        "select %2$s, %3$s, severity from %1$s where channel = ? and %2$s <= ? and n > 0"
            .formatted(table, start, COLUMNS);
  }

  /** When the last interval begins that has any sample and begins before a time. */
  OptionalLong startBefore(Connection connection, int channel, long timeNs) throws SQLException {
    return start(connection, channel, Long.MIN_VALUE, timeNs, " order by 1 desc limit 1");
  }

  /** When the first interval begins that has any sample and begins within the span. */
  OptionalLong firstStart(Connection connection, int channel, long fromNs, long toNs)
      throws SQLException {
    return start(connection, channel, fromNs, toNs, " order by 1 limit 1");
  }

  private OptionalLong start(
      Connection connection, int channel, long fromNs, long toNs, String order)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(selectStart + order)) {
      statement.setInt(1, channel);
      statement.setLong(2, fromNs);
      statement.setLong(3, toNs);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** How many numbers lie in the intervals that begin within the span. */
  long count(Connection connection, int channel, long fromNs, long toNs) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(count)) {
      statement.setInt(1, channel);
      statement.setLong(2, fromNs);
      statement.setLong(3, toNs);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** The one with the longest intervals of which an interval is a multiple. */
  static RollupTable forInterval(long intervalNs) {
    return intervalNs % HOURS.intervalNs == 0 ? HOURS : MINUTES;
  }

  /** Roll-ups of a channel of which the interval begins within the span, in order of time. */
  PreparedStatement select(Connection connection, int channel, long fromNs, long toNs)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(select + " order by 1"); // its own columns: 1 is the start
    statement.setInt(1, channel);
    statement.setLong(2, fromNs);
    statement.setLong(3, toNs);
    return statement;
  }

  /** The newest roll-up of a channel with a number that begins at a time or before. */
  Optional<Rollup> last(Connection connection, int channel, long atNs) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(selectLast + " order by 1 desc limit 1")) {
      statement.setInt(1, channel);
      statement.setLong(2, atNs);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  /** The roll-up of a row of {@link #select}; its start is column 1. */
  static Rollup read(ResultSet row) throws SQLException {
    return new Rollup(
        row.getLong(2),
        row.getDouble(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        row.getLong(8),
        row.getLong(9),
        row.getLong(10),
        SEVERITIES[row.getInt(11)]);
  }

  /** Merges the roll-ups with those that are there. */
  void merge(
      Connection connection, Map<Rollups.Key, Rollup> rollups, ToIntFunction<ChannelId> numbers)
      throws SQLException {
    store(connection, upsert, rollups, numbers);
  }

  /** Has the roll-ups stand where others may have stood. */
  void replace(
      Connection connection, Map<Rollups.Key, Rollup> rollups, ToIntFunction<ChannelId> numbers)
      throws SQLException {
    store(connection, replace, rollups, numbers);
  }

  private static void store(
      Connection connection,
      String sql,
      Map<Rollups.Key, Rollup> rollups,
      ToIntFunction<ChannelId> numbers)
      throws SQLException {
    if (rollups.isEmpty()) {
      return;
    }
    Arrays arrays = new Arrays(rollups.size());
    rollups.forEach((key, rollup) -> arrays.add(numbers.applyAsInt(key.channel()), key, rollup));
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      arrays.set(connection.unwrap(PGConnection.class), statement);
      statement.executeUpdate();
    }
  }

  /** Roll-ups, column by column. Not thread-safe. */
  private static final class Arrays {
    private final int[] channel;
    private final long[] start;
    private final long[] n;
    private final double[] min;
    private final double[] max;
    private final double[] sum;
    private final double[] m2;
    private final double[] last;
    private final long[] lastNs;
    private final long[] lastSequence;
    private final long[] lost;
    private final short[] severity;
    private int size;

    Arrays(int capacity) {
      channel = new int[capacity];
      start = new long[capacity];
      n = new long[capacity];
      min = new double[capacity];
      max = new double[capacity];
      sum = new double[capacity];
      m2 = new double[capacity];
      last = new double[capacity];
      lastNs = new long[capacity];
      lastSequence = new long[capacity];
      lost = new long[capacity];
      severity = new short[capacity];
    }

    void add(int number, Rollups.Key key, Rollup rollup) {
      channel[size] = number;
      start[size] = key.startNs();
      n[size] = rollup.n();
      min[size] = rollup.min();
      max[size] = rollup.max();
      sum[size] = rollup.sum();
      m2[size] = rollup.m2();
      last[size] = rollup.last();
      lastNs[size] = rollup.lastNs();
      lastSequence[size] = rollup.lastSequence();
      lost[size] = rollup.lost();
      severity[size] = (short) rollup.severity().ordinal();
      size++;
    }

    void set(PGConnection postgres, PreparedStatement statement) throws SQLException {
      statement.setArray(1, postgres.createArrayOf("int4", channel));
      statement.setArray(2, postgres.createArrayOf("int8", start));
      statement.setArray(3, postgres.createArrayOf("int8", n));
      statement.setArray(4, postgres.createArrayOf("float8", min));
      statement.setArray(5, postgres.createArrayOf("float8", max));
      statement.setArray(6, postgres.createArrayOf("float8", sum));
      statement.setArray(7, postgres.createArrayOf("float8", m2));
      statement.setArray(8, postgres.createArrayOf("float8", last));
      statement.setArray(9, postgres.createArrayOf("int8", lastNs));
      statement.setArray(10, postgres.createArrayOf("int8", lastSequence));
      statement.setArray(11, postgres.createArrayOf("int8", lost));
      statement.setArray(12, postgres.createArrayOf("int2", severity));
    }
  }
}
