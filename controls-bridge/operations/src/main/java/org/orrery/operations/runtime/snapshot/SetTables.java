package org.orrery.operations.runtime.snapshot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.orrery.contract.Reply;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.store.Database;

/** Sets that people defined. Thread-safe; every method blocks. */
final class SetTables {
  private static final String LATEST =
      """
      select distinct on (name) * from snapshot_set order by name, version desc
      """;

  private static final String ITEMS =
      """
      select * from snapshot_set_item where name = ? and version = ? order by stage_no, item_no
      """;

  private static final String INSERT_ITEM =
      """
      insert into snapshot_set_item
        (name, version, stage_no, item_no, stage, pattern, absolute, relative)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Database database;

  SetTables(Database database) {
    this.database = database;
  }

  /** The latest version of every set. */
  List<SnapshotSet> latest() {
    return database.inTransaction(SetTables::latest);
  }

  private static List<SnapshotSet> latest(Connection connection) throws SQLException {
    List<SnapshotSet> sets = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(LATEST);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String name = row.getString("name");
        int version = row.getInt("version");
        sets.add(
            new SnapshotSet(
                name,
                version,
                row.getString("title"),
                row.getString("defined_by"),
                row.getLong("at_ns"),
                stages(connection, name, version)));
      }
    }
    return sets;
  }

  private static List<SnapshotSet.Stage> stages(Connection connection, String name, int version)
      throws SQLException {
    Map<String, List<SnapshotSet.Item>> stages = new LinkedHashMap<>();
    try (PreparedStatement select = connection.prepareStatement(ITEMS)) {
      select.setString(1, name);
      select.setInt(2, version);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          double absolute = row.getDouble("absolute");
          Optional<Tolerance> tolerance =
              row.wasNull()
                  ? Optional.empty()
                  : Optional.of(new Tolerance(absolute, row.getDouble("relative")));
          stages
              .computeIfAbsent(row.getString("stage"), stage -> new ArrayList<>())
              .add(new SnapshotSet.Item(row.getString("pattern"), tolerance));
        }
      }
    }
    return stages.entrySet().stream()
        .map(stage -> new SnapshotSet.Stage(stage.getKey(), stage.getValue()))
        .toList();
  }

  /**
   * Stores a new version.
   *
   * @param rule what it becomes, given the latest versions, or why it does not
   */
  Reply<SnapshotSet> define(Function<List<SnapshotSet>, Reply<SnapshotSet>> rule) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement lock =
              connection.prepareStatement("lock table snapshot_set in exclusive mode")) {
            lock.execute();
          }
          Reply<SnapshotSet> reply = rule.apply(latest(connection));
          if (reply instanceof Reply.Done<SnapshotSet> done) {
            insert(connection, done.value());
          }
          return reply;
        });
  }

  private static void insert(Connection connection, SnapshotSet set) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into snapshot_set (name, version, title, defined_by, at_ns)"
                    + " values (?, ?, ?, ?, ?)");
        PreparedStatement item = connection.prepareStatement(INSERT_ITEM)) {
      insert.setString(1, set.name());
      insert.setInt(2, set.version());
      insert.setString(3, set.title());
      insert.setString(4, set.definedBy());
      insert.setLong(5, set.atNs());
      insert.executeUpdate();
      for (int stage = 0; stage < set.stages().size(); stage++) {
        List<SnapshotSet.Item> items = set.stages().get(stage).items();
        for (int i = 0; i < items.size(); i++) {
          item.setString(1, set.name());
          item.setInt(2, set.version());
          item.setInt(3, stage);
          item.setInt(4, i);
          item.setString(5, set.stages().get(stage).name());
          item.setString(6, items.get(i).pattern());
          Optional<Tolerance> tolerance = items.get(i).tolerance();
          if (tolerance.isPresent()) {
            item.setDouble(7, tolerance.get().absolute());
            item.setDouble(8, tolerance.get().relative());
          } else {
            item.setNull(7, Types.DOUBLE);
            item.setNull(8, Types.DOUBLE);
          }
          item.addBatch();
        }
      }
      item.executeBatch();
    }
  }
}
