package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.archive.core.ArrayBytes;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Mark;
import org.orrery.contract.history.PageQuery.Place;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/** Stored samples, read back as they were. Stateless. */
final class SampleRows {
  /** A source that claims a time this far after its receipt has a wrong clock, ns. */
  static final long AHEAD_NS = 1_800_000_000_000L;

  /** Rows that the driver fetches at once. */
  private static final int FETCH = 5_000;

  /** Most texts and arrays of one answer, in bytes; the one that goes beyond it is the last one. */
  static final int MOST_BYTES = 16 << 20;

  /** How much of a sample is read. */
  enum Detail {
    /** What numbers there are: texts and arrays say nothing. */
    NUMBERS(false, "null::text", "null::bytea", "0"),
    /** An array is a text that says how long it is. */
    WORDS(true, "text", "null::bytea", "coalesce(octet_length(text), 0)"),
    WHOLE(
        true,
        "text",
        "bytes",
        "coalesce(octet_length(text), 0) + coalesce(octet_length(bytes), 0)");

    /** Whether there is anything that may be large. */
    private final boolean bounded;

    /** A sample and, last, the size of its array; the order is that of {@link #sample}. */
    private final String columns;

    private final String span;

    Detail(boolean bounded, String text, String bytes, String size) {
      this.bounded = bounded;
      this.columns =
          "source_time_ns, sequence, received_time_ns, lost_before, kind, severity, quality, late,"
              + " backfilled, number, integer, choice, %s as text, %s as bytes, status,"
                  .formatted(text, bytes)
              + " octet_length(bytes) as array_bytes";
      String rows =
          "select "
              + columns
              + ", "
              + size
              + " as size from sample where channel = ? and source_time_ns >= ?"
              + " and source_time_ns < ? and (source_time_ns, sequence) > (?, ?)"
              + " order by source_time_ns, sequence limit ?";
      // The database adds the sizes up: the driver takes whole blocks of rows, however large.
      this.span =
          bounded
              ? "select * from (select r.*, sum(size) over (order by source_time_ns, sequence rows"
                  + " unbounded preceding) as up_to from ("
                  + rows
                  + ") r) s where up_to - size < ? order by source_time_ns, sequence"
              : rows;
    }
  }

  /** The column of {@link Detail#span} with the size of all rows up to this one. */
  private static final int UP_TO = 18;

  private static final String BEFORE =
      " where channel = ? and source_time_ns >= ? and source_time_ns < ?"
          + " order by source_time_ns desc, sequence desc limit 1";
  private static final String FIRST =
      "select source_time_ns from sample where channel = ? and source_time_ns >= ?"
          + " and source_time_ns < ? order by source_time_ns limit 1";
  private static final String COUNT =
      """
      select count(*) from (select from sample
        where channel = ? and source_time_ns >= ? and source_time_ns < ? limit ?) as few
      """;

  private static final Severity[] SEVERITIES = Severity.values();
  private static final Quality[] QUALITIES = Quality.values();
  private static final ValueKind[] KINDS = ValueKind.values();

  private SampleRows() {}

  /** What is done with each sample; returns whether to go on. */
  interface Taker {
    boolean take(ArchivedSample sample);
  }

  /**
   * Hands on the samples behind a place, in order, without holding all of them in memory.
   *
   * @return whether it ended for the sake of memory: what comes behind has to be asked for again
   */
  static boolean read(
      Connection connection,
      Stored channel,
      Place after,
      long toNs,
      int limit,
      Detail detail,
      Taker taker)
      throws SQLException {
    long bytes = 0;
    try (PreparedStatement select = connection.prepareStatement(detail.span)) {
      select.setFetchSize(FETCH);
      select.setInt(1, channel.number());
      select.setLong(2, after.timeNs());
      select.setLong(3, toNs);
      select.setLong(4, after.timeNs());
      select.setLong(5, after.sequence());
      select.setInt(6, limit);
      if (detail.bounded) {
        select.setLong(7, MOST_BYTES);
      }
      try (ResultSet row = select.executeQuery()) {
        boolean goOn = true;
        while (goOn && row.next()) {
          bytes = detail.bounded ? row.getLong(UP_TO) : 0;
          goOn = taker.take(sample(row, channel.id(), detail));
        }
      }
    }
    return bytes >= MOST_BYTES;
  }

  /**
   * A channel that has a number.
   *
   * @param id its name
   * @param number its number
   */
  record Stored(ChannelId id, int number) {}

  /**
   * The last sample before a time, as far as it is kept. The roll-ups tell in which minute to look:
   * to ask all days would cost a plan over all of them.
   */
  static Optional<ArchivedSample> before(
      Connection connection, Stored channel, long timeNs, Detail detail) throws SQLException {
    OptionalLong minute = RollupTable.MINUTES.startBefore(connection, channel.number(), timeNs);
    while (minute.isPresent()) {
      long start = minute.getAsLong();
      Optional<ArchivedSample> found = last(connection, "sample", channel, start, timeNs, detail);
      if (found.isEmpty()) {
        found = last(connection, "last_forgotten", channel, start, timeNs, detail);
      }
      if (found.isPresent() || start + Rollup.MINUTE_NS <= timeNs) {
        return found;
      }
      minute = RollupTable.MINUTES.startBefore(connection, channel.number(), start);
    }
    return Optional.empty();
  }

  private static Optional<ArchivedSample> last(
      Connection connection, String table, Stored channel, long fromNs, long toNs, Detail detail)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select " + detail.columns + " from " + table + BEFORE)) {
      select.setInt(1, channel.number());
      select.setLong(2, fromNs);
      select.setLong(3, toNs);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(sample(row, channel.id(), detail)) : Optional.empty();
      }
    }
  }

  /** The source time of the first sample of a span, plant ns. */
  static OptionalLong first(Connection connection, int channel, long fromNs, long toNs)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIRST)) {
      select.setInt(1, channel);
      select.setLong(2, fromNs);
      select.setLong(3, toNs);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** How many samples the span holds; counting ends beyond the limit. */
  static int count(Connection connection, Stored channel, long fromNs, long toNs, int limit)
      throws SQLException {
    try (PreparedStatement count = connection.prepareStatement(COUNT)) {
      count.setInt(1, channel.number());
      count.setLong(2, fromNs);
      count.setLong(3, toNs);
      count.setInt(4, limit + 1);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** What is null in a row is 0 or false: the driver's word for it is the same. */
  private static ArchivedSample sample(ResultSet row, ChannelId channel, Detail detail)
      throws SQLException {
    long timeNs = row.getLong(1);
    long receivedNs = row.getLong(3);
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (row.getBoolean(8)) {
      marks.add(Mark.LATE);
    }
    if (row.getBoolean(9)) {
      marks.add(Mark.BACKFILLED);
    }
    if (timeNs > receivedNs + AHEAD_NS) {
      marks.add(Mark.AHEAD);
    }
    return new ArchivedSample(
        new Sample(
            channel,
            value(row, detail),
            SEVERITIES[row.getInt(6)],
            Objects.requireNonNullElse(row.getString(15), ""),
            timeNs,
            receivedNs,
            QUALITIES[row.getInt(7)],
            row.getLong(4),
            row.getLong(2)),
        marks);
  }

  private static Value value(ResultSet row, Detail detail) throws SQLException {
    boolean whole = detail == Detail.WHOLE;
    long numbers = row.getLong(16) / Double.BYTES;
    return switch (KINDS[row.getInt(5)]) {
      case DOUBLE -> Value.of(row.getDouble(10));
      case LONG -> new Value.LongValue(row.getLong(11));
      case CHOICE ->
          new Value.ChoiceValue(row.getInt(12), Objects.requireNonNullElse(row.getString(13), ""));
      case TEXT -> Value.of(Objects.requireNonNullElse(row.getString(13), ""));
      case DOUBLE_ARRAY ->
          whole ? ArrayBytes.array(row.getBytes(14)) : Value.of(numbers + " values");
      case HISTOGRAM ->
          whole
              ? ArrayBytes.histogram(row.getBytes(14))
              : Value.of(numbers / 2 + " bins"); // one edge more than contents
    };
  }
}
