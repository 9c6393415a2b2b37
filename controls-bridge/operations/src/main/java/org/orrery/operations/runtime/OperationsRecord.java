package org.orrery.operations.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.operations.TagOut;
import org.orrery.operations.core.ControlEntry;
import org.orrery.operations.core.Remembered;
import org.orrery.store.Database;

/**
 * The room's tables, written behind: {@link #remember} never waits. Thread-safe; {@link #load} and
 * {@link #flush} block.
 */
final class OperationsRecord {
  /** Entries held while the database is away; people are slow, this lasts for weeks. */
  private static final int BOUND = 5_000;

  private final Database database;
  private final Object lock = new Object();
  private final ArrayDeque<ControlEntry> entries = new ArrayDeque<>();
  private final Map<Long, Run> runs = new LinkedHashMap<>();
  private @Nullable Remembered newest;

  OperationsRecord(Database database) {
    this.database = database;
  }

  void remember(Remembered state, List<ControlEntry> news) {
    synchronized (lock) {
      newest = state;
      state.state().run().ifPresent(run -> runs.put(run.number(), run));
      for (ControlEntry entry : news) {
        if (entries.size() == BOUND) {
          entries.poll();
        }
        entries.add(entry);
      }
    }
  }

  /** What the tables say; the mode is not kept, the DAQ tells it. */
  Remembered load() {
    return database.inTransaction(
        connection ->
            new Remembered(
                new OperationsState(
                    OperationsState.UNKNOWN.mode(),
                    lastRun(connection),
                    holder(connection),
                    tagOuts(connection),
                    LockTable.read(connection)),
                revision(connection)));
  }

  /**
   * Writes what waits; what cannot be written keeps waiting.
   *
   * @return false where nothing waited
   */
  boolean flush() {
    Remembered state;
    List<ControlEntry> batch;
    Map<Long, Run> newRuns;
    synchronized (lock) {
      state = newest;
      if (state == null) {
        return false;
      }
      batch = List.copyOf(entries);
      newRuns = new LinkedHashMap<>(runs);
    }
    database.runInTransaction(
        connection -> {
          writeState(connection, state.state());
          writeRevision(connection, state.revision());
          writeRuns(connection, newRuns);
          writeEntries(connection, batch);
        });
    synchronized (lock) {
      if (newest == state) {
        newest = null;
      }
      newRuns.forEach(runs::remove);
      for (ControlEntry written : batch) {
        if (entries.peek() == written) {
          entries.poll();
        }
      }
    }
    return true;
  }

  private static void writeState(Connection connection, OperationsState state) throws SQLException {
    try (PreparedStatement clear = connection.prepareStatement("delete from tag_out");
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into tag_out (device, owner, reason, since_ns, members)"
                    + " values (?, ?, ?, ?, ?)");
        PreparedStatement free = connection.prepareStatement("delete from control");
        PreparedStatement hold =
            connection.prepareStatement("insert into control (person, since_ns) values (?, ?)")) {
      clear.executeUpdate();
      for (TagOut tagOut : state.tagOuts()) {
        insert.setString(1, tagOut.device());
        insert.setString(2, tagOut.owner());
        insert.setString(3, tagOut.reason());
        insert.setLong(4, tagOut.sinceNs());
        insert.setArray(5, connection.createArrayOf("text", tagOut.members().toArray()));
        insert.addBatch();
      }
      insert.executeBatch();
      LockTable.write(connection, state.locks());
      free.executeUpdate();
      if (state.control().isPresent()) {
        hold.setString(1, state.control().get().person());
        hold.setLong(2, state.control().get().sinceNs());
        hold.executeUpdate();
      }
    }
  }

  private static void writeRevision(Connection connection, long revision) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "insert into state_revision (revision) values (?)"
                + " on conflict (only_one) do update set revision = excluded.revision")) {
      upsert.setLong(1, revision);
      upsert.executeUpdate();
    }
  }

  private static void writeRuns(Connection connection, Map<Long, Run> runs) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "insert into run (number, type, start_ns, stop_ns) values (?, ?, ?, ?)"
                + " on conflict (number) do update set stop_ns = excluded.stop_ns")) {
      for (Run run : runs.values()) {
        upsert.setLong(1, run.number());
        upsert.setString(2, run.type());
        upsert.setLong(3, run.startNs());
        if (run.stopNs().isPresent()) {
          upsert.setLong(4, run.stopNs().getAsLong());
        } else {
          upsert.setNull(4, Types.BIGINT);
        }
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void writeEntries(Connection connection, List<ControlEntry> entries)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into control_event (at_ns, person, action, subject, detail)"
                + " values (?, ?, ?, ?, ?)")) {
      for (ControlEntry entry : entries) {
        insert.setLong(1, entry.atNs());
        insert.setString(2, entry.person());
        insert.setString(3, entry.action());
        insert.setString(4, entry.subject());
        insert.setString(5, entry.detail());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static long revision(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select revision from state_revision");
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong("revision") : 0;
    }
  }

  private static Optional<Run> lastRun(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                "select number, type, start_ns, stop_ns from run order by start_ns desc limit 1");
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      long stopNs = row.getLong("stop_ns");
      OptionalLong stop = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(stopNs);
      return Optional.of(
          new Run(row.getLong("number"), row.getString("type"), row.getLong("start_ns"), stop));
    }
  }

  private static Optional<ControlHolder> holder(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select person, since_ns from control");
        ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new ControlHolder(row.getString("person"), row.getLong("since_ns")))
          : Optional.empty();
    }
  }

  private static List<TagOut> tagOuts(Connection connection) throws SQLException {
    List<TagOut> tagOuts = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select device, owner, reason, since_ns, members from tag_out order by since_ns");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        tagOuts.add(
            new TagOut(
                rows.getString("device"),
                rows.getString("owner"),
                rows.getString("reason"),
                rows.getLong("since_ns"),
                List.of((String[]) rows.getArray("members").getArray())));
      }
    }
    return tagOuts;
  }
}
