package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.Gap;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.DatabaseFaultException;

/**
 * Stores samples, their roll-ups and the new place in the log in one transaction: the one writer,
 * of what comes in as of what is back-filled. Thread-safe: one waits for the other, and for those
 * of other processes.
 *
 * <p>What it leaves behind depends neither on the order in which samples come nor on how often. A
 * sample is stored once (channel, source time, sequence); a back-filled one gives way to measured
 * ones of the same time, whichever came first; the roll-ups hold what is stored. Where raw samples
 * were forgotten none is stored, and {@link ForgottenTime} says which still enter the roll-ups.
 */
final class SampleWriter {
  private static final String UNIQUE_VIOLATION = "23505";

  /** A silence that lies within one that is known already says nothing new. */
  private static final String INSERT_GAP =
      """
      insert into gap (channel, from_ns, to_ns, reason) select ?::int, ?::bigint, ?::bigint, ?::text
      where not exists (select from gap where channel = ? and from_ns <= ?
        and (to_ns is null or to_ns >= ?))
      on conflict do nothing
      """;

  private final Database database;
  private final ChannelNumbers numbers;
  private final Engines engines;
  private final SampleTurn turn = new SampleTurn();

  /** As far as is known they are new, and in nobody's place. */
  private final Incoming straight;

  /** Some may be there already, or others in their place. */
  private final Incoming checked;

  /** Raw samples of their times are no longer kept. */
  private final List<Sample> forgotten = new ArrayList<>();

  /** What is done with a batch within the transaction. */
  private interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  SampleWriter(Database database, ChannelNumbers numbers, Engines engines) {
    this.database = database;
    this.numbers = numbers;
    this.engines = engines;
    this.straight = new Incoming(numbers);
    this.checked = new Incoming(numbers);
  }

  /**
   * Stores the batch; a normal return means that it survives a crash.
   *
   * @return how many samples were new
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away; the batch may
   *     be stored again
   * @throws LogPositions.PositionMovedException when the place in the log is not the expected one
   */
  synchronized int write(Batch batch, LogPositions positions) {
    return inTurn(
        batch,
        false,
        connection -> {
          move(connection, batch, positions);
          return storeMeasured(connection);
        });
  }

  /**
   * Stores what another archive knows; a normal return means that it survives a crash, and the same
   * again changes nothing.
   *
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away; try again
   */
  synchronized Backfill.Done backfill(Backfill backfill) {
    Batch batch = new Batch();
    backfill.samples().forEach(sample -> batch.add(sample, false));
    numbers.ensure(backfill.gaps().stream().map(Backfill.ChannelGap::channel).toList());
    return inTurn(
        batch,
        true,
        connection -> {
          int added = storeBackfilled(connection);
          int gaps = 0;
          for (Backfill.ChannelGap gap : backfill.gaps()) {
            gaps += insert(connection, gap);
          }
          return new Backfill.Done(added, batch.size() - added, gaps);
        });
  }

  /**
   * Sorts by what is known and does the work when it is our turn; anew where others have changed
   * what is known, and where a sample was there already.
   */
  private <T> T inTurn(Batch batch, boolean backfilled, Work<T> work) {
    boolean check = backfilled;
    while (true) {
      sort(batch, check, backfilled);
      try {
        Optional<T> done =
            database.inTransaction(
                connection -> {
                  if (!turn.take(connection)) {
                    return Optional.<T>empty();
                  }
                  engines.get().unbound(connection);
                  return Optional.of(work.run(connection));
                });
        if (done.isPresent()) {
          return done.get();
        }
        engines.get().recollect();
      } catch (DatabaseFaultException e) {
        if (check || !e.sqlState().equals(UNIQUE_VIOLATION)) {
          throw e;
        }
        check = true;
      }
    }
  }

  private void sort(Batch batch, boolean check, boolean backfilled) {
    Set<ChannelId> channels = new HashSet<>();
    batch.samples().forEach(sample -> channels.add(sample.channel()));
    numbers.ensure(channels);
    boolean leaveOut = engines.get().leavesOut();
    straight.begin(leaveOut);
    checked.begin(leaveOut);
    forgotten.clear();
    int[] numberOf = batch.samples().stream().mapToInt(s -> numbers.of(s.channel())).toArray();
    for (int index : byChannel(batch, numberOf)) {
      Sample sample = batch.sample(index);
      int number = numberOf[index];
      if (turn.isForgotten(number, sample.sourceTimeNs())) {
        forgotten.add(sample);
      } else if (check || turn.mayBeBackfilled(number, sample.sourceTimeNs())) {
        checked.add(sample, number, batch.isLate(index), backfilled);
      } else {
        straight.add(sample, number, batch.isLate(index), backfilled);
      }
    }
    straight.end();
    checked.end();
    engines.get().prepare(straight.samples());
    engines.get().prepare(checked.samples());
  }

  /** Rows of one channel side by side: a smaller index, and fewer pages to read later. */
  private static List<Integer> byChannel(Batch batch, int[] numberOf) {
    List<Integer> order = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingInt((Integer i) -> numberOf[i])
            .thenComparingLong(i -> batch.sample(i).sourceTimeNs()));
    return order;
  }

  private int storeMeasured(Connection connection) throws SQLException {
    Set<Rollups.Key> thinned = new HashSet<>();
    straight.copy(connection);
    List<Sample> fresh = new ArrayList<>(straight.samples());
    fresh.addAll(checked.addMeasured(connection, thinned));
    rollUp(connection, fresh);
    if (!thinned.isEmpty()) {
      Recount.run(connection, thinned, numbers::of, !engines.get().foldsHours());
    }
    return fresh.size() + countForgotten(connection);
  }

  private int storeBackfilled(Connection connection) throws SQLException {
    List<Sample> fresh = checked.addBackfilled(connection);
    Map<Integer, Long> reach = new TreeMap<>();
    for (Sample sample : fresh) {
      reach.merge(numbers.of(sample.channel()), sample.sourceTimeNs(), Math::max);
    }
    SampleTurn.backfilled(connection, reach);
    rollUp(connection, fresh);
    return fresh.size() + countForgotten(connection);
  }

  private int countForgotten(Connection connection) throws SQLException {
    if (forgotten.isEmpty()) {
      return 0;
    }
    ForgottenTime.Late late = ForgottenTime.sort(connection, forgotten, numbers::of);
    rollUp(connection, late.fresh());
    rollUp(connection, late.severities());
    return late.fresh().size();
  }

  private void rollUp(Connection connection, List<Sample> samples) throws SQLException {
    Map<Rollups.Key, Rollup> minutes = Rollups.byMinute(samples);
    RollupTable.MINUTES.merge(connection, minutes, numbers::of);
    if (!engines.get().foldsHours()) {
      RollupTable.HOURS.merge(connection, Rollups.byHour(minutes), numbers::of);
    }
  }

  private int insert(Connection connection, Backfill.ChannelGap silence) throws SQLException {
    Gap gap = silence.gap();
    int channel = numbers.of(silence.channel());
    long toNs = gap.toNs().orElse(gap.fromNs());
    try (PreparedStatement insert = connection.prepareStatement(INSERT_GAP)) {
      insert.setInt(1, channel);
      insert.setLong(2, gap.fromNs());
      insert.setLong(3, toNs);
      insert.setString(4, gap.reason());
      insert.setInt(5, channel);
      insert.setLong(6, gap.fromNs());
      insert.setLong(7, toNs);
      return insert.executeUpdate();
    }
  }

  private static void move(Connection connection, Batch batch, LogPositions positions)
      throws SQLException {
    for (Map.Entry<Integer, LogPositions.Span> span : batch.spans().entrySet()) {
      positions.move(connection, span.getKey(), span.getValue());
    }
    for (Batch.Unreadable record : batch.unreadable()) {
      positions.unreadable(connection, record.partition(), record.offset(), "no sample");
    }
  }
}
