package org.orrery.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.orrery.process.SupervisedProcess;
import org.orrery.store.postgres.EmbeddedPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database, started or connected to. Comes up in the background, so that whatever needs no
 * database starts without it; goes on by itself when the database comes back.
 *
 * <p>Thread-safe.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  private static final Duration WATCH_UP = Duration.ofSeconds(1);
  private static final Duration WATCH_DOWN = Duration.ofMillis(200);
  private static final int VALIDATION_SECONDS = 2;
  private static final long CONNECTION_TIMEOUT_MS = 3_000;
  private static final String OWN_SCHEMA = "store";

  private final @Nullable EmbeddedPostgres server;
  private final HikariDataSource pool;
  private final Database own;
  private final Map<String, Database> rooms = new ConcurrentHashMap<>();
  private final List<StoreListener> listeners = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> firstUp = new CompletableFuture<>();
  private final Thread watch;
  private volatile boolean up;
  private volatile boolean closed;

  private Store(
      @Nullable EmbeddedPostgres server, String url, String user, String password, int poolSize) {
    this.server = server;
    this.pool = new HikariDataSource(poolConfig(url, user, password, poolSize));
    this.own = new Database(pool, OWN_SCHEMA, null);
    this.watch = Thread.ofVirtual().name("store-watch").unstarted(this::watch);
  }

  /**
   * Starts or connects, in the background; see {@link #ready}.
   *
   * @param config which database
   * @return the store
   * @throws IOException when the server's files or the password file cannot be prepared or read
   */
  public static Store start(StoreConfig config) throws IOException {
    Store store =
        switch (config) {
          case StoreConfig.Embedded embedded -> {
            EmbeddedPostgres server = EmbeddedPostgres.start(embedded);
            yield new Store(
                server, server.jdbcUrl(), server.user(), server.password(), embedded.poolSize());
          }
          case StoreConfig.Site site ->
              new Store(
                  null,
                  site.jdbcUrl(),
                  site.user(),
                  Files.readString(site.passwordFile()).strip(),
                  site.poolSize());
        };
    store.watch.start();
    return store;
  }

  /**
   * The first time the database could be reached.
   *
   * @return completes then; fails when the embedded server was given up
   */
  public CompletableFuture<Void> ready() {
    return firstUp.copy();
  }

  /**
   * Whether the database could be reached when last looked at, at most about a second ago.
   *
   * @return true when it could
   */
  public boolean isUp() {
    return up;
  }

  /**
   * Adds a listener; it is told about the next change.
   *
   * @param listener told when the database comes and goes
   */
  public void addListener(StoreListener listener) {
    listeners.add(listener);
  }

  /**
   * A room's schema.
   *
   * @param room the room's name, also the schema's: lower case letters, digits, underscores
   * @return always the same handle for the same room; touches the database only when used
   */
  public Database room(String room) {
    return room.equals(OWN_SCHEMA)
        ? own
        : rooms.computeIfAbsent(room, name -> new Database(pool, name, own));
  }

  /**
   * The embedded server's process.
   *
   * @return empty for a site's server
   */
  public Optional<SupervisedProcess> process() {
    return Optional.ofNullable(server).map(EmbeddedPostgres::process);
  }

  /** Closes the connections and stops the embedded server, at most some 15 s. */
  @Override
  public void close() {
    closed = true;
    watch.interrupt();
    pool.close();
    if (server != null) {
      server.close();
    }
  }

  private void watch() {
    try {
      int deathsTold = 0;
      while (!closed) {
        Probe probe = probe();
        boolean diedUnnoticed = probe.problem().isEmpty() && up && probe.deaths() != deathsTold;
        if (!closed && diedUnnoticed) {
          report("PostgreSQL ended unexpectedly"); // it is back before anybody asked
        }
        if (!closed) {
          report(probe.problem());
        }
        deathsTold = probe.deaths();
        Thread.sleep(up ? WATCH_UP : WATCH_DOWN);
      }
    } catch (InterruptedException e) {
      LOG.debug("watch ended");
    }
  }

  /**
   * One look at the database.
   *
   * @param problem empty when it answered
   * @param deaths how often the embedded server had ended before the connection answered
   */
  private record Probe(String problem, int deaths) {}

  private Probe probe() {
    try (Connection connection = pool.getConnection()) {
      // Counted after connecting and before the answer: the server that answers outlived them all.
      int deaths = deaths();
      boolean valid = connection.isValid(VALIDATION_SECONDS);
      connection.rollback();
      return new Probe(valid ? "" : "no answer within " + VALIDATION_SECONDS + " s", deaths);
    } catch (SQLException e) {
      return new Probe(String.valueOf(SqlErrors.classify(e, false).getMessage()), deaths());
    }
  }

  private int deaths() {
    return server == null ? 0 : server.deaths();
  }

  private void report(String problem) {
    boolean nowUp = problem.isEmpty();
    if (server != null && !nowUp && server.hasFailed()) {
      firstUp.completeExceptionally(new IOException("PostgreSQL was given up: " + problem));
    }
    if (nowUp == up) {
      return;
    }
    up = nowUp;
    if (nowUp) {
      LOG.info("database up");
      firstUp.complete(null);
    } else {
      LOG.warn("database down: {}", problem);
    }
    for (StoreListener listener : listeners) {
      try {
        listener.onAvailability(nowUp, problem);
      } catch (RuntimeException e) {
        LOG.error("a listener failed", e);
      }
    }
  }

  private static HikariConfig poolConfig(String url, String user, String password, int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setAutoCommit(false);
    config.setMaximumPoolSize(poolSize);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "orrery");
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "120");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return config;
  }
}
