package org.orrery.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Servers for tests; the binaries are unpacked once per build directory. */
final class Servers {
  private static final Path DISTRIBUTIONS = Path.of("target", "postgres");

  private Servers() {}

  static StoreConfig.Embedded config(Path directory) {
    return new StoreConfig.Embedded(directory, DISTRIBUTIONS, 32, 8);
  }

  static Store start(Path directory) throws IOException {
    Store store = Store.start(config(directory));
    assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(30));
    return store;
  }

  /** One server for all tests that do no harm to it. */
  static Store shared() {
    return Shared.STORE;
  }

  private static final class Shared {
    static final Store STORE = create();

    private static Store create() {
      try {
        Path directory = Files.createTempDirectory("orrery-store-test");
        Store store = start(directory);
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        return store;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
