package org.orrery.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/**
 * Writes every table of every room as CSV with a header line, one file per table, all from one
 * snapshot. Partitioned tables come out whole, in one file.
 */
public final class SchemaExport {
  private static final String TABLES =
      """
      select n.nspname, c.relname
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
      order by 1, 2
      """;

  private record Table(String schema, String name) {
    String quoted() {
      return quote(schema) + "." + quote(name);
    }
  }

  private SchemaExport() {}

  /**
   * Exports into {@code directory/<schema>.<table>.csv}.
   *
   * @param store the store
   * @param directory created when missing; files of the same name are replaced
   * @return rows written per table, by {@code schema.table}
   * @throws IOException when a file cannot be written
   * @throws DatabaseException when the database is away or refuses
   */
  public static Map<String, Long> writeCsv(Store store, Path directory) throws IOException {
    Files.createDirectories(directory);
    try {
      return store.room("store").inSnapshot(connection -> copyAll(connection, directory));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Map<String, Long> copyAll(Connection connection, Path directory)
      throws SQLException {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (Table table : tables(connection)) {
      String name = table.schema() + "." + table.name();
      try {
        rows.put(name, copy(connection, table, directory.resolve(name + ".csv")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  private static List<Table> tables(Connection connection) throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        tables.add(new Table(row.getString(1), row.getString(2)));
      }
    }
    return tables;
  }

  private static long copy(Connection connection, Table table, Path file)
      throws IOException, SQLException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut(
              "copy (select * from " + table.quoted() + ") to stdout (format csv, header)", out);
    }
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
