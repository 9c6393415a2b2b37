package org.orrery.lab.bench.store;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.orrery.store.Database;

/** Single statements, a transaction each. Stateless. */
final class Sql {
  private Sql() {}

  static void run(Database database, String sql) {
    database.runInTransaction(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  /** The first column of every row. */
  static List<String> texts(Database database, String sql) {
    return database.inTransaction(
        connection -> {
          List<String> texts = new ArrayList<>();
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
              texts.add(row.getString(1));
            }
          }
          return texts;
        });
  }

  /**
   * Sizes.
   *
   * @param sql yields samples, bytes of samples, of their index alone, and of roll-ups
   */
  static StoreBench.Size size(Database database, String sql) {
    return database.inTransaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            double samples = row.getLong(1);
            return new StoreBench.Size(
                row.getLong(1),
                row.getLong(2) / samples,
                row.getLong(3) / samples,
                row.getLong(4) / samples);
          }
        });
  }
}
