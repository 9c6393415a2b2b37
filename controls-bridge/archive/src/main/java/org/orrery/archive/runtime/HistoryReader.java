package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.orrery.archive.core.Fold;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.runtime.SampleRows.Detail;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;
import org.orrery.store.Database;

/** Answers questions about the past. Thread-safe; blocks. */
final class HistoryReader {
  /** Bounds the memory that one answer takes. */
  static final int MAX_POINTS = 100_000;

  /** The same for samples; arrays and texts are bounded by their bytes besides. */
  static final int MAX_PAGE = 10_000;

  private static final int FETCH = 5_000;

  private static final long COUNTED_BY_ROLLUPS_NS = 48 * Rollup.HOUR_NS;

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
    if (query.resolution() instanceof Resolution.Interval(long intervalNs) && intervalNs <= 0) {
      throw new IllegalArgumentException("interval must be positive: " + intervalNs + " ns");
    }
    return database.inTransaction(
        connection -> {
          Optional<Integer> number = numbers.find(connection, query.channel());
          return number.isEmpty()
              ? History.empty(query.channel())
              : new Answer(connection, new SampleRows.Stored(query.channel(), number.get()), query)
                  .give();
        });
  }

  /**
   * Gives stored samples; an empty page for a channel that was never stored.
   *
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away
   */
  Page page(PageQuery query) {
    return database.inTransaction(
        connection -> {
          Optional<Integer> number = numbers.find(connection, query.channel());
          return number.isEmpty()
              ? new Page(Optional.empty(), List.of(), List.of(), false)
              : page(connection, new SampleRows.Stored(query.channel(), number.get()), query);
        });
  }

  private static Page page(Connection connection, SampleRows.Stored channel, PageQuery query)
      throws SQLException {
    int limit = Math.min(query.limit(), MAX_PAGE);
    Place after = query.after();
    List<ArchivedSample> samples = new ArrayList<>();
    boolean large =
        SampleRows.read(
            connection, channel, after, query.toNs(), limit + 1, Detail.WHOLE, samples::add);
    boolean more = large || samples.size() > limit;
    if (samples.size() > limit) {
      samples.removeLast();
    }
    if (!after.isFirst()) {
      return new Page(Optional.empty(), List.of(), samples, more);
    }
    List<Gap> gaps = new ArrayList<>();
    if (query.toNs() > after.timeNs()) {
      gaps.addAll(Gaps.forgotten(connection, channel, after.timeNs(), query.toNs()));
      gaps.addAll(Gaps.touching(connection, channel, after.timeNs(), query.toNs()));
    }
    return new Page(
        SampleRows.before(connection, channel, after.timeNs(), Detail.WHOLE), gaps, samples, more);
  }

  /** One answer under way. Belongs to one thread. */
  private static final class Answer {
    private final Connection connection;
    private final SampleRows.Stored channel;
    private final HistoryQuery query;
    private final List<History.Point> points = new ArrayList<>();

    Answer(Connection connection, SampleRows.Stored channel, HistoryQuery query) {
      this.connection = connection;
      this.channel = channel;
      this.query = query;
    }

    History give() throws SQLException {
      return switch (query.resolution()) {
        case Resolution.Raw(int limit) -> raw(limit);
        case Resolution.Interval(long intervalNs) -> {
          boolean whole = intervalNs % Rollup.MINUTE_NS == 0;
          yield whole || forgotten().isEmpty()
              ? reduced(intervalNs)
              : reduced(Reduction.roundUp(intervalNs, Rollup.MINUTE_NS));
        }
        case Resolution.Optimised(int asked) -> optimised(Math.clamp(asked, 2, MAX_POINTS));
      };
    }

    private List<Gap> forgotten() throws SQLException {
      return Gaps.forgotten(connection, channel, query.fromNs(), query.toNs());
    }

    private History optimised(int wanted) throws SQLException {
      boolean fits = atMost(wanted);
      boolean forgotten = !forgotten().isEmpty();
      if (fits && !forgotten) {
        return raw(wanted);
      }
      long interval = Reduction.intervalFor(query.fromNs(), query.toNs(), wanted);
      History history =
          reduced(forgotten ? Reduction.roundUp(interval, Rollup.MINUTE_NS) : interval);
      if (history.points().stream().anyMatch(point -> point.count() > 0)) {
        return history;
      }
      points.clear();
      return raw(wanted); // texts and arrays
    }

    /** Long spans are counted by their roll-ups first: a plan over many days takes its time. */
    private boolean atMost(int wanted) throws SQLException {
      long fromNs = Reduction.roundUp(query.fromNs(), Rollup.HOUR_NS);
      long toNs = Reduction.startOf(query.toNs(), Rollup.HOUR_NS);
      boolean tooMany =
          toNs - fromNs > COUNTED_BY_ROLLUPS_NS
              && RollupTable.HOURS.count(connection, channel.number(), fromNs, toNs) > wanted;
      return !tooMany
          && SampleRows.count(connection, channel, query.fromNs(), query.toNs(), wanted) <= wanted;
    }

    private History raw(int asked) throws SQLException {
      int limit = Math.clamp(asked, 1, MAX_POINTS);
      boolean large =
          SampleRows.read(
              connection,
              channel,
              Place.before(query.fromNs()),
              query.toNs(),
              limit + 1,
              Detail.WORDS,
              sample -> points.add(Points.of(sample)));
      boolean truncated = large || points.size() > limit;
      if (points.size() > limit) {
        points.removeLast();
      }
      long upToNs = truncated ? points.getLast().timeNs() + 1 : query.toNs();
      return history(upToNs, false, truncated, forgotten());
    }

    private History reduced(long intervalNs) throws SQLException {
      long fromNs = Reduction.startOf(query.fromNs(), intervalNs);
      Fold fold = new Fold(intervalNs, MAX_POINTS);
      if (intervalNs % Rollup.MINUTE_NS != 0) {
        SampleRows.read(
            connection,
            channel,
            Place.before(fromNs),
            query.toNs(),
            Integer.MAX_VALUE,
            Detail.NUMBERS,
            sample -> fold.add(sample.sample().sourceTimeNs(), Rollup.of(sample.sample())));
      } else {
        RollupTable table = RollupTable.forInterval(intervalNs);
        try (PreparedStatement select =
            table.select(connection, channel.number(), fromNs, query.toNs())) {
          select.setFetchSize(FETCH);
          try (ResultSet row = select.executeQuery()) {
            boolean goOn = true;
            while (goOn && row.next()) {
              goOn = fold.add(row.getLong(1), RollupTable.read(row));
            }
          }
        }
      }
      for (Fold.Interval interval : fold.intervals()) {
        points.add(Points.of(interval.startNs(), interval.rollup()));
      }
      return history(query.toNs(), true, fold.isFull(), List.of());
    }

    private History history(long upToNs, boolean reduced, boolean truncated, List<Gap> forgotten)
        throws SQLException {
      List<Gap> gaps = new ArrayList<>(forgotten);
      gaps.addAll(Gaps.touching(connection, channel, query.fromNs(), query.toNs()));
      for (Gap gap : gaps) {
        if (gap.fromNs() >= query.fromNs() && gap.fromNs() < upToNs) {
          points.add(Points.of(gap));
        }
      }
      points.sort(Comparator.comparingLong(History.Point::timeNs));
      return new History(query.channel(), points, reduced, truncated, before(), gaps);
    }

    /** The last sample before the span or, where samples are no longer kept, its roll-up's last. */
    private Optional<History.Point> before() throws SQLException {
      Optional<ArchivedSample> sample =
          SampleRows.before(connection, channel, query.fromNs(), Detail.WORDS);
      if (sample.isPresent()) {
        return sample.map(Points::of);
      }
      Optional<Rollup> minute =
          RollupTable.MINUTES.last(connection, channel.number(), query.fromNs());
      if (minute.isPresent() && minute.get().lastNs() >= query.fromNs()) {
        // The span begins within this minute; what it began with is not known any more.
        minute =
            RollupTable.MINUTES.last(
                connection,
                channel.number(),
                Reduction.startOf(query.fromNs(), Rollup.MINUTE_NS) - Rollup.MINUTE_NS);
      }
      return minute.map(Points::last);
    }
  }
}
