package org.orrery.operations.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.operations.DeviceLock;

/** The table of reserved devices. Stateless. */
final class LockTable {
  private LockTable() {}

  static void write(Connection connection, List<DeviceLock> locks) throws SQLException {
    try (PreparedStatement clear = connection.prepareStatement("delete from device_lock");
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into device_lock (device, owner, reason, since_ns, until_ns)"
                    + " values (?, ?, ?, ?, ?)")) {
      clear.executeUpdate();
      for (DeviceLock lock : locks) {
        insert.setString(1, lock.device());
        insert.setString(2, lock.owner());
        insert.setString(3, lock.reason());
        insert.setLong(4, lock.sinceNs());
        insert.setLong(5, lock.untilNs());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  static List<DeviceLock> read(Connection connection) throws SQLException {
    List<DeviceLock> locks = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "select device, owner, reason, since_ns, until_ns from device_lock"
                    + " order by since_ns");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        locks.add(
            new DeviceLock(
                rows.getString("device"),
                rows.getString("owner"),
                rows.getString("reason"),
                rows.getLong("since_ns"),
                rows.getLong("until_ns")));
      }
    }
    return locks;
  }
}
