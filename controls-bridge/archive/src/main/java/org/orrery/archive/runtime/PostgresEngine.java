package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Gatherers;
import org.orrery.archive.core.PlantDay;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;

/**
 * Native partitions: a table for every day that samples fall on and for the day after, and within
 * it one for each group of channels. Days that an earlier version made hold all groups in one.
 */
final class PostgresEngine implements Engine {
  private static final String PIECES =
      """
      select day.relname, piece.relname, day.relkind = 'p'
      from pg_inherits i join pg_class day on day.oid = i.inhrelid
        left join pg_inherits j on j.inhparent = day.oid
        left join pg_class piece on piece.oid = j.inhrelid
      where i.inhparent = 'sample'::regclass and day.relname ~ '^sample_[0-9]{8}$'
      order by 1, 2
      """;

  /** Each takes half a dozen locks until its transaction ends; the server has some thousands. */
  private static final int MADE_AT_ONCE = 50;

  private final Database database;
  private final ChannelNumbers numbers;
  private final Set<Piece> existing = new HashSet<>();
  private final Set<PlantDay> undivided = new HashSet<>();
  private boolean known;

  /** The samples of one group and day. */
  private record Piece(PlantDay day, int slot) implements Comparable<Piece> {
    String table() {
      return "sample_" + day.suffix() + "_g" + slot;
    }

    @Override
    public int compareTo(Piece other) {
      int byDay = day.compareTo(other.day);
      return byDay != 0 ? byDay : Integer.compare(slot, other.slot);
    }
  }

  PostgresEngine(Database database, ChannelNumbers numbers) {
    this.database = database;
    this.numbers = numbers;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public synchronized void recollect() {
    existing.clear();
    undivided.clear();
    known = false;
  }

  @Override
  public boolean leavesOut() {
    return true;
  }

  @Override
  public boolean foldsHours() {
    return false;
  }

  @Override
  public void unbound(Connection connection) {
    // It has no such bound.
  }

  @Override
  public synchronized void prepare(Collection<Sample> samples) {
    TreeSet<Piece> missing = new TreeSet<>();
    for (Sample sample : samples) {
      PlantDay day = PlantDay.of(sample.sourceTimeNs());
      Piece piece = new Piece(day, ChannelNumbers.slotOf(numbers.of(sample.channel())));
      if (!existing.contains(piece) && day.isPlausible()) {
        missing.add(piece);
        missing.add(new Piece(day.next(), piece.slot()));
      }
    }
    missing.removeIf(piece -> !piece.day().isPlausible());
    if (missing.isEmpty()) {
      return;
    }
    if (!known) {
      undivided.addAll(database.inTransaction(PostgresEngine::undividedDays));
      known = true;
    }
    for (List<Piece> some : missing.stream().gather(Gatherers.windowFixed(MADE_AT_ONCE)).toList()) {
      database.runInTransaction(connection -> create(connection, some));
      existing.addAll(some);
    }
  }

  /** Readers hold the table for the time of a query; waiting for them is bounded. */
  private void create(Connection connection, List<Piece> pieces) throws SQLException {
    SampleTurn.lock(connection); // two that make the same piece, or one that is being dropped
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '5s'");
      for (Piece piece : pieces) {
        PlantDay day = piece.day();
        if (undivided.contains(day)) {
          continue;
        }
        statement.execute(
            ("create table if not exists sample_%s partition of sample"
                    + " for values from (%d) to (%d) partition by range (channel)")
                .formatted(day.suffix(), day.fromNs(), day.toNs()));
        statement.execute(
            "create table if not exists %s partition of sample_%s for values from (%d) to (%d)"
                .formatted(
                    piece.table(),
                    day.suffix(),
                    ChannelNumbers.firstOf(piece.slot()),
                    ChannelNumbers.firstOf(piece.slot() + 1)));
      }
    }
  }

  private static Set<PlantDay> undividedDays(Connection connection) throws SQLException {
    Set<PlantDay> days = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(PIECES)) {
      while (row.next()) {
        if (!row.getBoolean(3)) {
          days.add(dayOf(row.getString(1)));
        }
      }
    }
    return days;
  }

  @Override
  public List<String> drop(Connection connection, Map<Integer, Long> cutsNs) throws SQLException {
    long all = cutsNs.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    List<String> old = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(PIECES)) {
        while (row.next() && old.size() < DROPPED_AT_ONCE) {
          String day = row.getString(1);
          String piece = row.getString(2);
          long endNs = dayOf(day).toNs();
          boolean divided = row.getBoolean(3);
          if (endNs <= all) {
            if (!old.contains(day)) {
              old.add(day);
            }
          } else if (divided
              && piece != null
              && endNs <= cutsNs.getOrDefault(slotOf(piece), Long.MIN_VALUE)) {
            old.add(piece);
          }
        }
      }
      if (!old.isEmpty()) {
        statement.execute("set local lock_timeout = '5s'");
        for (String table : old) {
          statement.execute("drop table " + table);
        }
      }
    }
    return old;
  }

  private static PlantDay dayOf(String table) {
    return PlantDay.parse(table.substring("sample_".length()));
  }

  private static int slotOf(String piece) {
    return Integer.parseInt(piece.substring(piece.indexOf("_g") + 2));
  }
}
