package org.orrery.supervision.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.orrery.contract.Bytes;
import org.orrery.contract.audit.AuditRecord;

/** Rows of the audit table. Stateless. */
final class AuditRows {
  static final String INSERT =
      "insert into audit (sequence, at_ns, actor, action, subject, content, previous_hash, hash)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String SELECT_AFTER =
      "select sequence, at_ns, actor, action, subject, content, previous_hash, hash from audit"
          + " where sequence > ? order by sequence limit ?";

  private static final String SELECT_ABOUT =
      "select sequence, at_ns, actor, action, subject, content, previous_hash, hash from audit"
          + " where subject = any(?) order by sequence desc limit ?";

  private AuditRows() {}

  static void bind(PreparedStatement insert, AuditRecord record) throws SQLException {
    insert.setLong(1, record.sequence());
    insert.setLong(2, record.atNs());
    insert.setString(3, record.actor());
    insert.setString(4, record.action());
    insert.setString(5, record.subject());
    insert.setString(6, record.content());
    insert.setBytes(7, record.previousHash().toArray());
    insert.setBytes(8, record.hash().toArray());
  }

  static List<AuditRecord> after(Connection connection, long sequence, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT_AFTER)) {
      select.setLong(1, sequence);
      select.setInt(2, limit);
      return records(select);
    }
  }

  static List<AuditRecord> about(Connection connection, Set<String> subjects, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT_ABOUT)) {
      select.setArray(1, connection.createArrayOf("text", subjects.toArray()));
      select.setInt(2, limit);
      return records(select);
    }
  }

  private static List<AuditRecord> records(PreparedStatement select) throws SQLException {
    List<AuditRecord> found = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        found.add(
            new AuditRecord(
                rows.getLong(1),
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                bytes(rows, 7),
                bytes(rows, 8)));
      }
    }
    return found;
  }

  static Bytes bytes(ResultSet row, int column) throws SQLException {
    return Bytes.of(row.getBytes(column));
  }

  /**
   * PostgreSQL texts cannot hold the character NUL; it becomes the replacement character before it
   * is hashed.
   */
  static String text(String value) {
    return value.replace('\0', '\uFFFD');
  }
}
