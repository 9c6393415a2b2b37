package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** Databases for tests; the server's binaries are unpacked once per build directory. */
final class Servers {
  private Servers() {}

  static Store start(Path directory) throws IOException {
    Store store =
        Store.start(new StoreConfig.Embedded(directory, Path.of("target", "postgres"), 64, 8));
    assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));
    return store;
  }

  /** One server for all tests that do no harm to it. */
  static Database shared() {
    return Shared.STORE.room("archive");
  }

  static long count(Database database, String sql) {
    return database.inTransaction(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private static final class Shared {
    static final Store STORE = create();

    private static Store create() {
      try {
        Store store = start(Files.createTempDirectory("orrery-archive-test"));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        return store;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
