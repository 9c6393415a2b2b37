package org.orrery.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/** A real PostgreSQL for tests; its binaries are unpacked once per build directory. */
public final class Databases {
  private Databases() {}

  /** One server for all tests of this process. */
  public static Store shared() {
    return Shared.STORE;
  }

  /** A server of one's own. */
  public static Store start(Path directory) throws IOException {
    Store store =
        Store.start(new StoreConfig.Embedded(directory, Path.of("target", "postgres"), 32, 8));
    assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(30));
    return store;
  }

  private static final class Shared {
    static final Store STORE = create();

    private static Store create() {
      try {
        Store store = start(Files.createTempDirectory("orrery-supervision-test"));
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        return store;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
