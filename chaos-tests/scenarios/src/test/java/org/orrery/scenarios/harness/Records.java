package org.orrery.scenarios.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/** Looks into the database of a running Orrery past it, as its keeper could. Stateless. */
public final class Records {
  private Records() {}

  /** Changes one byte of one entry of the audit record. */
  public static void changeOneByteOfTheAudit(Path data) throws IOException, SQLException {
    try (Connection connection = open(data)) {
      long sequence;
      String content;
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "select sequence, content from supervision.audit where length(content) > 20"
                      + " order by sequence offset 2 limit 1")) {
        rows.next();
        sequence = rows.getLong(1);
        content = rows.getString(2);
      }
      try (PreparedStatement update =
          connection.prepareStatement(
              "update supervision.audit set content = ? where sequence = ?")) {
        update.setString(1, oneByteChanged(content));
        update.setLong(2, sequence);
        if (update.executeUpdate() != 1) {
          throw new IllegalStateException("no audit entry was changed");
        }
      }
    }
  }

  private static String oneByteChanged(String content) {
    for (int i = content.length() - 1; i >= 0; i--) {
      char c = content.charAt(i);
      if (c >= 'a' && c <= 'y') {
        return content.substring(0, i) + (char) (c + 1) + content.substring(i + 1);
      }
    }
    throw new IllegalStateException("no letter to change in " + content);
  }

  /** Hands out every archived sample as the ledger of acknowledgements writes it. */
  static void forEachArchived(Path data, Consumer<String> sample) throws IOException, SQLException {
    forEachArchivedSince(data, Long.MIN_VALUE, sample);
  }

  /** The same for those from a source time on, plant ns. */
  public static void forEachArchivedSince(Path data, long sinceNs, Consumer<String> sample)
      throws IOException, SQLException {
    try (Connection connection = open(data)) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select c.id, s.source_time_ns, s.sequence from archive.sample s join archive.channel"
                  + " c on c.number = s.channel where s.source_time_ns >= ?")) {
        statement.setFetchSize(10_000);
        statement.setLong(1, sinceNs);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            sample.accept(rows.getString(1) + " " + rows.getLong(2) + " " + rows.getLong(3));
          }
        }
      }
    }
  }

  /** A connection as the owner of everything. */
  public static Connection open(Path data) throws IOException, SQLException {
    return open(data, "orrery", Files.readString(data.resolve("postgres/secret")).trim());
  }

  /** A connection as somebody else. */
  public static Connection open(Path data, String user, String password)
      throws IOException, SQLException {
    String port = Files.readString(data.resolve("postgres/port")).trim();
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", user, password);
  }
}
