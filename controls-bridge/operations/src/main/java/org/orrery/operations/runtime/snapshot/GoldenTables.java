package org.orrery.operations.runtime.snapshot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.orrery.contract.Bytes;
import org.orrery.contract.Reply;
import org.orrery.contract.snapshot.Golden;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.store.Database;

/** The list of snapshots and their golden marks. Thread-safe; every method blocks. */
final class GoldenTables {
  private static final String SUMMARIES =
      """
      select s.*, exists (select from snapshot_golden g where g.snapshot = s.id) as marked
      from snapshot s
      """;

  private static final String LISTED = SUMMARIES + " order by marked desc, id desc limit ?";

  private static final String ONE = SUMMARIES + " where s.id = ? limit ?";

  private static final String MARKS =
      """
      select g.*, agreed_at_ns is not null and agreed_at_ns = max(agreed_at_ns)
        over (partition by g.mode, s.set_name) as current
      from snapshot_golden g join snapshot s on s.id = g.snapshot order by proposed_at_ns
      """;

  private static final String MARK =
      """
      insert into snapshot_golden
        (snapshot, mode, proposed_by, proposed_at_ns, agreed_by, agreed_at_ns)
      values (?, ?, ?, ?, ?, ?) on conflict (snapshot, mode)
      do update set agreed_by = excluded.agreed_by, agreed_at_ns = excluded.agreed_at_ns
      """;

  private final Database database;

  GoldenTables(Database database) {
    this.database = database;
  }

  /** The marked ones and the newest others, the newest first. */
  List<SnapshotSummary> list(int most) {
    return database.inTransaction(
        connection -> {
          Map<String, List<Golden>> marks = marks(connection);
          List<SnapshotSummary> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(LISTED)) {
            select.setInt(1, most);
            found.addAll(summaries(select, marks));
          }
          found.sort((a, b) -> b.id().compareTo(a.id()));
          return found;
        });
  }

  /** One snapshot without its entries. */
  Optional<SnapshotSummary> find(SnapshotId id) {
    return database.inTransaction(connection -> find(connection, id));
  }

  private static Optional<SnapshotSummary> find(Connection connection, SnapshotId id)
      throws SQLException {
    Map<String, List<Golden>> marks = marks(connection);
    try (PreparedStatement select = connection.prepareStatement(ONE)) {
      select.setString(1, id.value());
      select.setInt(2, 1);
      return summaries(select, marks).stream().findFirst();
    }
  }

  /**
   * Marks a snapshot; two people who do it at the same time come one after the other.
   *
   * @param rule what the mark becomes, or why it does not
   */
  Reply<SnapshotSummary> mark(SnapshotId id, Function<SnapshotSummary, Reply<Golden>> rule) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement lock =
              connection.prepareStatement("lock table snapshot_golden in exclusive mode")) {
            lock.execute();
          }
          Optional<SnapshotSummary> snapshot = find(connection, id);
          if (snapshot.isEmpty()) {
            return new Reply.Declined<>("there is no snapshot " + id);
          }
          return switch (rule.apply(snapshot.get())) {
            case Reply.Declined<Golden> declined -> new Reply.Declined<>(declined.reason());
            case Reply.Done<Golden> done -> {
              write(connection, id, done.value());
              yield new Reply.Done<>(find(connection, id).orElseThrow());
            }
          };
        });
  }

  private static void write(Connection connection, SnapshotId id, Golden mark) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(MARK)) {
      upsert.setString(1, id.value());
      upsert.setString(2, mark.mode());
      upsert.setString(3, mark.proposedBy());
      upsert.setLong(4, mark.proposedAtNs());
      if (mark.agreed().isPresent()) {
        upsert.setString(5, mark.agreed().get().by());
        upsert.setLong(6, mark.agreed().get().atNs());
      } else {
        upsert.setNull(5, Types.VARCHAR);
        upsert.setNull(6, Types.BIGINT);
      }
      upsert.executeUpdate();
    }
  }

  private static Map<String, List<Golden>> marks(Connection connection) throws SQLException {
    Map<String, List<Golden>> marks = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(MARKS);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String by = row.getString("agreed_by");
        marks
            .computeIfAbsent(row.getString("snapshot"), id -> new ArrayList<>())
            .add(
                new Golden(
                    row.getString("mode"),
                    row.getString("proposed_by"),
                    row.getLong("proposed_at_ns"),
                    by == null
                        ? Optional.empty()
                        : Optional.of(new Golden.Agreed(by, row.getLong("agreed_at_ns"))),
                    row.getBoolean("current")));
      }
    }
    return marks;
  }

  private static List<SnapshotSummary> summaries(
      PreparedStatement select, Map<String, List<Golden>> marks) throws SQLException {
    List<SnapshotSummary> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String[] missing = (String[]) row.getArray("missing").getArray();
        found.add(
            new SnapshotSummary(
                new SnapshotId(row.getString("id")),
                row.getString("name"),
                row.getString("comment"),
                row.getString("saved_by"),
                row.getLong("plant_ns"),
                row.getLong("wall_ns"),
                row.getString("set_name"),
                row.getInt("set_version"),
                row.getInt("channels"),
                row.getInt("not_good"),
                missing.length,
                Bytes.of(row.getBytes("hash")),
                marks.getOrDefault(row.getString("id"), List.of())));
      }
    }
    return found;
  }
}
