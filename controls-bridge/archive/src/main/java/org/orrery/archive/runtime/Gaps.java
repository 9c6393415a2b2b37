package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.history.Gap;

/** Silences of channels, as facts for an answer. Stateless. */
final class Gaps {
  private static final String FORGOTTEN =
      "raw samples of this time are no longer kept; ask for intervals of whole minutes";
  private static final String SELECT =
      "select from_ns, to_ns, reason from gap where channel = ? and from_ns < ?"
          + " and (to_ns is null or to_ns > ? or from_ns >= ?) order by from_ns limit 10000";

  private Gaps() {}

  /** Every silence that touches the span, in order of time. */
  static List<Gap> touching(Connection connection, int channel, long fromNs, long toNs)
      throws SQLException {
    List<Gap> gaps = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setInt(1, channel);
      select.setLong(2, toNs);
      select.setLong(3, fromNs);
      select.setLong(4, fromNs);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long end = row.getLong(2);
          gaps.add(
              new Gap(
                  row.getLong(1),
                  row.wasNull() ? OptionalLong.empty() : OptionalLong.of(end),
                  row.getString(3)));
        }
      }
    }
    return gaps;
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
            connection, channel.number(), Reduction.roundUp(fromNs, Rollup.MINUTE_NS), toNs);
    if (minute.isEmpty()) {
      return List.of();
    }
    long end = Math.min(toNs, minute.getAsLong() + Rollup.MINUTE_NS);
    boolean there =
        SampleRows.first(connection, channel, minute.getAsLong(), end).isPresent()
            || end < minute.getAsLong() + Rollup.MINUTE_NS;
    if (there) {
      return List.of(); // what is older goes first, so all that follows is there too
    }
    long left = SampleRows.first(connection, channel, fromNs, toNs).orElse(toNs);
    return List.of(new Gap(fromNs, OptionalLong.of(left), FORGOTTEN));
  }
}
