package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.ValueKind;
import org.orrery.store.Database;

/**
 * Answers questions about the past. A silence of the channel that began within the asked span
 * stands among the points as one without a number, with the reason in words. Thread-safe; blocks.
 */
final class HistoryReader {
  /** Bounds the memory that one answer takes. */
  static final int MAX_POINTS = 100_000;

  private static final String RAW =
      """
      select source_time_ns, kind, severity, quality, number, integer, choice, text,
        length(bytes) as size
      from sample where channel = ? and source_time_ns >= ? and source_time_ns < ?
      order by source_time_ns, sequence limit ?
      """;

  /** Numbers that may enter a statistic: see {@link Rollup#usable}. */
  private static final String FROM_SAMPLES =
      """
      with usable as (
        select (source_time_ns - mod(source_time_ns, ?)) as start, source_time_ns, sequence,
          severity, case when quality <= %d and kind in (%d, %d, %d)
            then nullif(nullif(nullif(coalesce(number, integer, choice), 'NaN'),
              'Infinity'), '-Infinity') end as value
        from sample where channel = ? and source_time_ns >= ? and source_time_ns < ?
      )
      select start, count(value), min(value), max(value), avg(value),
        (array_agg(value order by source_time_ns desc, sequence desc)
          filter (where value is not null))[1], max(severity)
      from usable group by start order by start limit %d
      """
          .formatted(
              Quality.STALE.ordinal(),
              ValueKind.DOUBLE.ordinal(),
              ValueKind.LONG.ordinal(),
              ValueKind.CHOICE.ordinal(),
              MAX_POINTS);

  private static final String FROM_ROLLUPS =
      """
      select (minute_ns - mod(minute_ns, ?)) as start, sum(n)::bigint,
        min(min), max(max), sum(sum) / nullif(sum(n), 0),
        (array_agg(last order by last_ns desc, last_seq desc))[1], max(severity)
      from rollup where channel = ? and minute_ns >= ? and minute_ns < ?
      group by start order by start limit %d
      """
          .formatted(MAX_POINTS);

  private static final String COUNT =
      """
      select count(*) from (select from sample
        where channel = ? and source_time_ns >= ? and source_time_ns < ? limit ?) as few
      """;

  private static final String GAPS =
      "select from_ns, reason from gap where channel = ? and from_ns >= ? and from_ns < ?"
          + " order by from_ns limit 10000";

  private static final Severity[] SEVERITIES = Severity.values();
  private static final Quality[] QUALITIES = Quality.values();
  private static final ValueKind[] KINDS = ValueKind.values();

  private final Database database;
  private final ChannelNumbers numbers;

  HistoryReader(Database database, ChannelNumbers numbers) {
    this.database = database;
    this.numbers = numbers;
  }

  /**
   * Answers; empty for a channel that was never stored.
   *
   * @throws IllegalArgumentException when the span or the resolution make no sense
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away
   */
  History read(HistoryQuery query) {
    if (query.toNs() <= query.fromNs()) {
      throw new IllegalArgumentException("an empty span was asked: " + query);
    }
    return database.inTransaction(
        connection -> {
          Optional<Integer> channel = numbers.find(connection, query.channel());
          return channel.isEmpty()
              ? new History(query.channel(), List.of(), false)
              : read(connection, channel.get(), query);
        });
  }

  private static History read(Connection connection, int channel, HistoryQuery query)
      throws SQLException {
    return switch (query.resolution()) {
      case Resolution.Raw(int limit) -> raw(connection, channel, query, limit);
      case Resolution.Interval(long intervalNs) ->
          reduced(connection, channel, query, Reduction.intervalNs(intervalNs));
      case Resolution.Optimised(int points) -> {
        int wanted = Math.clamp(points, 2, MAX_POINTS);
        if (fits(connection, channel, query, wanted)) {
          yield raw(connection, channel, query, wanted);
        }
        History history =
            reduced(
                connection,
                channel,
                query,
                Reduction.intervalFor(query.fromNs(), query.toNs(), wanted));
        boolean numbers = history.points().stream().anyMatch(point -> point.count() > 0);
        yield numbers ? history : raw(connection, channel, query, wanted);
      }
    };
  }

  private static boolean fits(Connection connection, int channel, HistoryQuery query, int points)
      throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setInt(1, channel);
      count.setLong(2, query.fromNs());
      count.setLong(3, query.toNs());
      count.setInt(4, points + 1);
      try (ResultSet row = count.executeQuery()) {
        return row.next() && row.getInt(1) <= points;
      }
    }
  }

  private static History raw(Connection connection, int channel, HistoryQuery query, int limit)
      throws SQLException {
    List<History.Point> points = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(RAW)) {
      select.setInt(1, channel);
      select.setLong(2, query.fromNs());
      select.setLong(3, query.toNs());
      select.setInt(4, Math.clamp(limit, 1, MAX_POINTS));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          points.add(point(row));
        }
      }
    }
    long upToNs = points.size() < limit ? query.toNs() : points.getLast().timeNs() + 1;
    return new History(
        query.channel(), withGaps(connection, channel, query.fromNs(), upToNs, points), false);
  }

  private static History reduced(
      Connection connection, int channel, HistoryQuery query, long intervalNs) throws SQLException {
    boolean fromSamples = intervalNs < Rollup.MINUTE_NS;
    List<History.Point> points = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(fromSamples ? FROM_SAMPLES : FROM_ROLLUPS)) {
      select.setLong(1, intervalNs);
      select.setInt(2, channel);
      select.setLong(3, Reduction.startOf(query.fromNs(), intervalNs));
      select.setLong(4, query.toNs());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          points.add(reducedPoint(row));
        }
      }
    }
    return new History(
        query.channel(), withGaps(connection, channel, query.fromNs(), query.toNs(), points), true);
  }

  private static List<History.Point> withGaps(
      Connection connection, int channel, long fromNs, long toNs, List<History.Point> points)
      throws SQLException {
    List<History.Point> all = new ArrayList<>(points);
    try (PreparedStatement select = connection.prepareStatement(GAPS)) {
      select.setInt(1, channel);
      select.setLong(2, fromNs);
      select.setLong(3, toNs);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          all.add(
              new History.Point(
                  row.getLong(1),
                  Double.NaN,
                  Double.NaN,
                  Double.NaN,
                  Double.NaN,
                  0,
                  Severity.INVALID,
                  Optional.of(row.getString(2))));
        }
      }
    }
    all.sort(Comparator.comparingLong(History.Point::timeNs));
    return all;
  }

  private static History.Point point(ResultSet row) throws SQLException {
    Quality quality = QUALITIES[row.getInt("quality")];
    Severity severity = SEVERITIES[row.getInt("severity")];
    ValueKind kind = KINDS[row.getInt("kind")];
    double number =
        switch (kind) {
          case DOUBLE -> row.getDouble("number");
          case LONG -> row.getLong("integer");
          case CHOICE -> row.getInt("choice");
          case TEXT, DOUBLE_ARRAY, HISTOGRAM -> Double.NaN;
        };
    Optional<String> text =
        switch (kind) {
          case DOUBLE, LONG -> Optional.empty();
          case CHOICE, TEXT -> Optional.ofNullable(row.getString("text"));
          case DOUBLE_ARRAY -> Optional.of(row.getInt("size") / Double.BYTES + " values");
          case HISTOGRAM -> Optional.of(row.getInt("size") / Double.BYTES / 2 + " bins");
        };
    if (quality == Quality.BAD || quality == Quality.DISCONNECTED) {
      number = Double.NaN;
      text = Optional.of("not usable: " + quality.name().toLowerCase(Locale.ROOT));
    }
    return new History.Point(
        row.getLong("source_time_ns"), number, number, number, number, 1, severity, text);
  }

  private static History.Point reducedPoint(ResultSet row) throws SQLException {
    long count = row.getLong(2);
    return new History.Point(
        row.getLong(1),
        count == 0 ? Double.NaN : row.getDouble(6),
        count == 0 ? Double.NaN : row.getDouble(3),
        count == 0 ? Double.NaN : row.getDouble(4),
        count == 0 ? Double.NaN : row.getDouble(5),
        count,
        SEVERITIES[row.getInt(7)],
        Optional.empty());
  }
}
