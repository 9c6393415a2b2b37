package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.contract.history.Gap;

/** Silences of channels, as facts for an answer. Stateless. */
final class Gaps {
  private static final String FORGOTTEN =
      "raw samples of this time are no longer kept; ask for intervals of whole minutes";

  /** Silences of the channel, and what was lost of the log that carried it. */
  private static final String SELECT =
      """
      select from_ns, to_ns, reason from (
        select from_ns, to_ns, reason from gap where channel = ?
        union all
        select from_ns, to_ns, reason from loss
          where topic = ? and partition = ? and from_ns is not null) as known
      where from_ns < ? and (to_ns is null or to_ns > ? or from_ns >= ?)
      order by from_ns desc limit ?
      """;

  /** Bounds the memory that one answer takes. */
  static final int MOST = 10_000;

  private static final String TOO_MANY =
      "among others: more silences than one answer holds; ask for a shorter time to see each";

  private Gaps() {}

  /**
   * Every silence that touches the span, in order of time, also one in which what Kafka held was
   * lost before it was stored. Where there are more than {@value #MOST} the oldest are one, which
   * says so.
   */
  static List<Gap> touching(
      Connection connection, SampleRows.Stored channel, long fromNs, long toNs)
      throws SQLException {
    List<Gap> newestFirst = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, channel.number());
      select.setString(2, KafkaTopics.SAMPLES.name());
      select.setInt(3, KafkaTopics.SAMPLES.partitionOf(channel.id().value()));
      select.setLong(4, toNs);
      select.setLong(5, fromNs);
      select.setLong(6, fromNs);
      select.setInt(7, MOST + 1);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long end = row.getLong(2);
          OptionalLong known = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(end);
          newestFirst.add(new Gap(row.getLong(1), known, row.getString(3)));
        }
      }
    }
    if (newestFirst.size() > MOST) {
      newestFirst.removeLast();
      Gap oldest = newestFirst.removeLast();
      long since = Math.max(PlantDay.FIRST_NS, Math.min(fromNs, oldest.fromNs()));
      newestFirst.add(new Gap(since, oldest.toNs(), TOO_MANY));
    }
    return List.copyOf(newestFirst.reversed());
  }

  /**
   * The beginning of the span, where samples once were and only roll-ups are left of them.
   *
   * @return as a gap of the samples; empty where all that ever was is still there
   */
  static List<Gap> forgotten(
      Connection connection, SampleRows.Stored channel, long fromNs, long toNs)
      throws SQLException {
    OptionalLong minute =
        RollupTable.MINUTES.firstStart(
            connection, channel.number(), Reduction.startOf(fromNs, Rollup.MINUTE_NS), toNs);
    if (minute.isEmpty()) {
      return List.of();
    }
    long start = minute.getAsLong();
    if (SampleRows.first(connection, channel.number(), start, start + Rollup.MINUTE_NS)
        .isPresent()) {
      return List.of(); // what is older goes first, so all that follows is there too
    }
    long left = SampleRows.first(connection, channel.number(), fromNs, toNs).orElse(toNs);
    return List.of(new Gap(fromNs, OptionalLong.of(left), FORGOTTEN));
  }
}
