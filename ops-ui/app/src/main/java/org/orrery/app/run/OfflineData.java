package org.orrery.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.orrery.app.config.Site;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/**
 * The data directory of an Orrery that does not run, with its database up, for as long as this is
 * open. Nobody can start Orrery on it meanwhile. Not thread-safe.
 */
public final class OfflineData implements AutoCloseable {
  private static final int READY_SECONDS = 120;

  private final DataDirectory directory;
  private final Store store;

  private OfflineData(DataDirectory directory, Store store) {
    this.directory = directory;
    this.store = store;
  }

  /**
   * Takes the directory and starts its database.
   *
   * @param path the data directory; never made where it is missing
   * @param site says where the database is, as for a run
   * @throws StartException if there is no such directory, Orrery runs on it, or its database does
   *     not come up
   */
  public static OfflineData open(Path path, Site site) throws StartException, InterruptedException {
    if (!Files.isDirectory(path)) {
      throw new StartException("there is no data directory " + path + "; check --data", null);
    }
    if (site.database().isEmpty() && !Files.isDirectory(path.resolve("postgres"))) {
      throw new StartException(
          path + " holds no database: no Orrery has run on it; check --data", null);
    }
    DataDirectory directory = DataDirectory.take(path);
    Store store = null;
    try {
      store = Store.start(storeConfig(path, site));
      store.ready().get(READY_SECONDS, TimeUnit.SECONDS);
      return new OfflineData(directory, store);
    } catch (IOException | ExecutionException | TimeoutException e) {
      close(directory, store);
      throw new StartException("the database of " + path + " does not come up: " + e, e);
    } catch (InterruptedException e) {
      close(directory, store);
      throw e;
    }
  }

  /** The database of a data directory: the site's, or the embedded one. */
  private static StoreConfig storeConfig(Path path, Site site) {
    return site.database()
        .<StoreConfig>map(d -> new StoreConfig.Site(d.url(), d.user(), d.passwordFile(), 4))
        .orElseGet(() -> StoreConfig.Embedded.in(path.resolve("postgres")));
  }

  /** The directory. */
  public Path path() {
    return directory.path();
  }

  /** The database, up. */
  public Store store() {
    return store;
  }

  /** Stops the database, if it is an embedded one, and lets go of the directory. */
  @Override
  public void close() {
    close(directory, store);
  }

  private static void close(DataDirectory directory, @Nullable Store store) {
    if (store != null) {
      store.close();
    }
    try {
      directory.close();
    } catch (IOException e) {
      System.getLogger(OfflineData.class.getName())
          .log(System.Logger.Level.WARNING, "the data directory could not be released: " + e);
    }
  }
}
