package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;
import org.postgresql.PGConnection;

/**
 * Samples of times of which the raw ones are gone. What the roll-up of such a minute holds can be
 * told from its last number alone: a sample counts where it lies behind that, or where the minute
 * has no roll-up. So another archive's years can be brought in, in order of time, and nothing is
 * counted twice; what comes out of order is left out. A severity may be merged any number of times.
 * Stateless.
 */
final class ForgottenTime {
  private static final String SELECT =
      """
      select r.channel, r.minute_ns, r.last_ns from rollup r
      join unnest(?::int[], ?::bigint[]) as w (channel, minute_ns)
        on w.channel = r.channel and w.minute_ns = r.minute_ns
      """;

  private record Minute(int channel, long startNs) {}

  private record Name(int channel, long timeNs, long sequence) {}

  /**
   * Samples of such times.
   *
   * @param fresh the roll-ups certainly do not hold them
   * @param severities they may be in, and tell of nothing but a severity
   */
  record Late(List<Sample> fresh, List<Sample> severities) {}

  private ForgottenTime() {}

  /** Says what the samples mean for the roll-ups, each once; with the turn. */
  static Late sort(
      Connection connection, Collection<Sample> samples, ToIntFunction<ChannelId> numbers)
      throws SQLException {
    Late late = new Late(new ArrayList<>(), new ArrayList<>());
    Set<Minute> minutes = new HashSet<>();
    samples.forEach(sample -> minutes.add(minute(sample, numbers)));
    Map<Minute, Long> lastNs = last(connection, minutes);
    Set<Name> seen = new HashSet<>();
    for (Sample sample : samples) {
      Minute minute = minute(sample, numbers);
      if (!seen.add(new Name(minute.channel(), sample.sourceTimeNs(), sample.sequence()))) {
        continue;
      }
      Long last = lastNs.get(minute);
      boolean number = Rollup.usable(sample).isPresent();
      if (last == null || (number && sample.sourceTimeNs() > last)) {
        late.fresh().add(sample);
      } else if (!number) {
        late.severities().add(sample.withLostBefore(0));
      }
    }
    return late;
  }

  private static Minute minute(Sample sample, ToIntFunction<ChannelId> numbers) {
    return new Minute(
        numbers.applyAsInt(sample.channel()),
        Reduction.startOf(sample.sourceTimeNs(), Rollup.MINUTE_NS));
  }

  private static Map<Minute, Long> last(Connection connection, Set<Minute> minutes)
      throws SQLException {
    List<Minute> wanted = List.copyOf(minutes);
    PGConnection postgres = connection.unwrap(PGConnection.class);
    Map<Minute, Long> lastNs = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(
          1, postgres.createArrayOf("int4", wanted.stream().mapToInt(Minute::channel).toArray()));
      select.setArray(
          2, postgres.createArrayOf("int8", wanted.stream().mapToLong(Minute::startNs).toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          lastNs.put(new Minute(row.getInt(1), row.getLong(2)), row.getLong(3));
        }
      }
    }
    return lastNs;
  }
}
