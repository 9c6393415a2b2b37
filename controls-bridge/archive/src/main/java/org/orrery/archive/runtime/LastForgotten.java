package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.orrery.archive.core.Rollup;
import org.postgresql.PGConnection;

/**
 * The newest sample of each channel among those that were forgotten: what holds until a newer one
 * comes, which for a set point may take years. Stateless.
 */
final class LastForgotten {
  /** The roll-ups tell in which minute to look. */
  private static final String KEEP =
      """
      insert into last_forgotten (%1$s)
      select %2$s from unnest(?::int[], ?::bigint[]) as w (number, cut_ns)
      cross join lateral (
        select minute_ns from rollup r where r.channel = w.number and r.minute_ns < w.cut_ns
        order by minute_ns desc limit 1) as m
      cross join lateral (
        select * from sample s where s.channel = w.number
          and s.source_time_ns >= m.minute_ns and s.source_time_ns < m.minute_ns + %4$d
        order by source_time_ns desc, sequence desc limit 1) as s
      on conflict (channel) do update set (%1$s) = (%3$s)
      """
          .formatted(CopyRows.COLUMNS, columnsOf("s"), columnsOf("excluded"), Rollup.MINUTE_NS);

  private LastForgotten() {}

  private static String columnsOf(String row) {
    return Arrays.stream(CopyRows.COLUMNS.split(", "))
        .map(column -> row + "." + column)
        .collect(Collectors.joining(", "));
  }

  /**
   * Keeps the last samples before these times, ns, at which days begin, before all older ones go;
   * with the turn. Where none is there any more the one that was kept before stays.
   */
  static void keep(Connection connection, Map<Integer, Long> cutsNs) throws SQLException {
    if (cutsNs.isEmpty()) {
      return;
    }
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
      keep.setArray(
          1,
          postgres.createArrayOf(
              "int4", cutsNs.keySet().stream().mapToInt(Integer::intValue).toArray()));
      keep.setArray(
          2,
          postgres.createArrayOf(
              "int8", cutsNs.values().stream().mapToLong(Long::longValue).toArray()));
      keep.executeUpdate();
    }
  }
}
