package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.PageQuery.Place;

/**
 * Makes roll-ups anew from what is stored, where something was taken out of them: a smallest number
 * cannot be subtracted. Only for times of which the raw samples are kept. Stateless.
 */
final class Recount {
  private Recount() {}

  /** What is folded, one after the other. */
  private static final class Sum {
    private @Nullable Rollup all;

    boolean add(Rollup more) {
      Rollup before = all;
      all = before == null ? more : before.merge(more);
      return true;
    }

    Optional<Rollup> all() {
      return Optional.ofNullable(all);
    }
  }

  /**
   * Makes these minutes anew, each of which holds a sample, and their hours; with the turn.
   *
   * @param hours whether there are hours to be made
   */
  static void run(
      Connection connection,
      Collection<Rollups.Key> minutes,
      ToIntFunction<ChannelId> numbers,
      boolean hours)
      throws SQLException {
    Map<Rollups.Key, Rollup> byMinute = new TreeMap<>();
    TreeSet<Rollups.Key> touched = new TreeSet<>();
    for (Rollups.Key minute : minutes) {
      ofMinute(connection, minute, numbers).ifPresent(rollup -> byMinute.put(minute, rollup));
      touched.add(
          new Rollups.Key(minute.channel(), Reduction.startOf(minute.startNs(), Rollup.HOUR_NS)));
    }
    RollupTable.MINUTES.replace(connection, byMinute, numbers);
    if (!hours) {
      return;
    }
    Map<Rollups.Key, Rollup> byHour = new TreeMap<>();
    for (Rollups.Key hour : touched) {
      ofHour(connection, hour, numbers).ifPresent(rollup -> byHour.put(hour, rollup));
    }
    RollupTable.HOURS.replace(connection, byHour, numbers);
  }

  private static Optional<Rollup> ofMinute(
      Connection connection, Rollups.Key minute, ToIntFunction<ChannelId> numbers)
      throws SQLException {
    Sum sum = new Sum();
    SampleRows.read(
        connection,
        new SampleRows.Stored(minute.channel(), numbers.applyAsInt(minute.channel())),
        Place.before(minute.startNs()),
        minute.startNs() + Rollup.MINUTE_NS,
        Integer.MAX_VALUE,
        SampleRows.Detail.NUMBERS,
        sample -> sum.add(Rollup.of(sample.sample())));
    return sum.all();
  }

  private static Optional<Rollup> ofHour(
      Connection connection, Rollups.Key hour, ToIntFunction<ChannelId> numbers)
      throws SQLException {
    Sum sum = new Sum();
    try (PreparedStatement select =
            RollupTable.MINUTES.select(
                connection,
                numbers.applyAsInt(hour.channel()),
                hour.startNs(),
                hour.startNs() + Rollup.HOUR_NS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        sum.add(RollupTable.read(row));
      }
    }
    return sum.all();
  }
}
