package org.orrery.operations.runtime.snapshot;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

/** Snapshots in the room's tables. Thread-safe; every method blocks. */
final class SnapshotTables {
  private static final String INSERT =
      """
      insert into snapshot (id, name, comment, saved_by, plant_ns, wall_ns, set_name, set_version,
        stages, missing, channels, not_good, hash)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_ENTRY =
      """
      insert into snapshot_entry (snapshot, position, channel, stage, value, unit, severity,
        quality, source_ns, readback, absolute, relative)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Database database;

  SnapshotTables(Database database) {
    this.database = database;
  }

  /** Stores a snapshot with all its entries, or nothing. */
  void save(Snapshot snapshot) {
    database.runInTransaction(
        connection -> {
          insert(connection, snapshot);
          insertEntries(connection, snapshot);
        });
  }

  private static void insert(Connection connection, Snapshot snapshot) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, snapshot.id().value());
      insert.setString(2, snapshot.name());
      insert.setString(3, snapshot.comment());
      insert.setString(4, snapshot.by());
      insert.setLong(5, snapshot.plantNs());
      insert.setLong(6, snapshot.wallNs());
      insert.setString(7, snapshot.set());
      insert.setInt(8, snapshot.setVersion());
      insert.setArray(9, texts(connection, snapshot.stages()));
      insert.setArray(
          10, texts(connection, snapshot.missing().stream().map(ChannelId::value).toList()));
      insert.setInt(11, snapshot.entries().size());
      insert.setInt(
          12, (int) snapshot.entries().stream().filter(e -> e.quality() != Quality.GOOD).count());
      insert.setBytes(13, snapshot.hash().toArray());
      insert.executeUpdate();
    }
  }

  private static void insertEntries(Connection connection, Snapshot snapshot) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_ENTRY)) {
      int position = 0;
      for (Snapshot.Entry entry : snapshot.entries()) {
        insert.setString(1, snapshot.id().value());
        insert.setInt(2, position++);
        insert.setString(3, entry.channel().value());
        insert.setInt(4, entry.stage());
        insert.setString(5, ValueText.write(entry.value()));
        insert.setString(6, entry.unit());
        insert.setString(7, entry.severity().name());
        insert.setString(8, entry.quality().name());
        insert.setLong(9, entry.sourceTimeNs());
        insert.setString(10, entry.readback().map(ValueText::write).orElse(null));
        insert.setDouble(11, entry.tolerance().absolute());
        insert.setDouble(12, entry.tolerance().relative());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * One snapshot.
   *
   * @throws IllegalStateException if its rows are not what was saved
   */
  Optional<Snapshot> find(SnapshotId id) {
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select * from snapshot where id = ?")) {
            select.setString(1, id.value());
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(checked(connection, row, id))
                  : Optional.<Snapshot>empty();
            }
          }
        });
  }

  private static Snapshot checked(Connection connection, ResultSet row, SnapshotId id)
      throws SQLException {
    Snapshot snapshot =
        new Snapshot(
            id,
            row.getString("name"),
            row.getString("comment"),
            row.getString("saved_by"),
            row.getLong("plant_ns"),
            row.getLong("wall_ns"),
            row.getString("set_name"),
            row.getInt("set_version"),
            texts(row, "stages"),
            entries(connection, id),
            texts(row, "missing").stream().map(ChannelId::new).toList());
    if (!snapshot.hash().equals(Bytes.of(row.getBytes("hash")))) {
      throw new IllegalStateException(
          "snapshot "
              + id
              + " is not what was saved: its rows do not match its hash; somebody changed the"
              + " tables, restore them from an export");
    }
    return snapshot;
  }

  private static List<Snapshot.Entry> entries(Connection connection, SnapshotId id)
      throws SQLException {
    List<Snapshot.Entry> entries = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select * from snapshot_entry where snapshot = ? order by position")) {
      select.setString(1, id.value());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Optional<Value> readback =
              Optional.ofNullable(row.getString("readback")).map(ValueText::read);
          entries.add(
              new Snapshot.Entry(
                  new ChannelId(row.getString("channel")),
                  row.getInt("stage"),
                  ValueText.read(row.getString("value")),
                  row.getString("unit"),
                  Severity.valueOf(row.getString("severity")),
                  Quality.valueOf(row.getString("quality")),
                  row.getLong("source_ns"),
                  readback,
                  new Tolerance(row.getDouble("absolute"), row.getDouble("relative"))));
        }
      }
    }
    return entries;
  }

  private static Array texts(Connection connection, List<String> texts) throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
