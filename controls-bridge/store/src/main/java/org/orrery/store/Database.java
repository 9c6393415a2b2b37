package org.orrery.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * One room's schema. The room's migrations lie on its class path under {@code db/migration/<room>}
 * and run before its first transaction; unqualified table names mean the room's schema.
 *
 * <p>Thread-safe. Every method blocks on the network: call it from virtual threads, never from an
 * event loop.
 */
public final class Database {
  private final HikariDataSource pool;
  private final String schema;
  private final @Nullable Database before;
  private final Object migrating = new Object();
  private volatile boolean migrated;

  /**
   * Work within a transaction.
   *
   * @param <T> what it yields
   */
  @FunctionalInterface
  public interface TransactionBody<T extends @Nullable Object> {

    /**
     * Does the work; must not commit, roll back or close.
     *
     * @param connection valid for this call only, with auto-commit off and the room's schema first
     *     in the search path
     * @return the result
     * @throws SQLException rolls the transaction back
     */
    T run(Connection connection) throws SQLException;
  }

  /** Work within a transaction that yields nothing. */
  @FunctionalInterface
  public interface TransactionWork {

    /**
     * Does the work; see {@link TransactionBody#run}.
     *
     * @param connection valid for this call only
     * @throws SQLException rolls the transaction back
     */
    void run(Connection connection) throws SQLException;
  }

  /**
   * Creates the handle; touches nothing yet.
   *
   * @param before a schema whose migrations must run first
   */
  Database(HikariDataSource pool, String schema, @Nullable Database before) {
    if (!schema.matches("[a-z][a-z0-9_]{0,40}")) {
      throw new IllegalArgumentException("not a schema name: " + schema);
    }
    this.pool = pool;
    this.schema = schema;
    this.before = before;
  }

  /**
   * The schema's name.
   *
   * @return the room's name
   */
  public String schema() {
    return schema;
  }

  /**
   * Brings the schema up to date; does nothing after the first success.
   *
   * @throws DatabaseUnavailableException when the database cannot be reached
   * @throws DatabaseFaultException when a migration fails or was changed after it ran
   */
  public void migrate() {
    if (migrated) {
      return;
    }
    synchronized (migrating) {
      if (migrated) {
        return;
      }
      if (before != null) {
        before.migrate();
      }
      try (Connection probe = pool.getConnection()) {
        // Flyway would retry a broken connection by itself, slowly and loudly.
        probe.rollback();
      } catch (SQLException e) {
        throw classify(e, false);
      }
      try {
        Flyway.configure()
            .dataSource(pool)
            .schemas(schema)
            .createSchemas(true)
            .table("schema_history")
            .locations("classpath:db/migration/" + schema)
            .failOnMissingLocations(true)
            .cleanDisabled(true)
            .load()
            .migrate();
      } catch (FlywayException e) {
        throw SqlErrors.classify(schema, e);
      }
      migrated = true;
    }
  }

  /**
   * Runs the body in one transaction and commits it. With {@code synchronous_commit} on, a normal
   * return means that the data survives a crash of the database and of the machine.
   *
   * @param body the work; any exception rolls back
   * @param <T> what it yields
   * @return the body's result
   * @throws DatabaseUnavailableException when the database cannot be reached; try again later
   * @throws DatabaseFaultException when a statement was refused
   */
  public <T extends @Nullable Object> T inTransaction(TransactionBody<T> body) {
    return transact(connection -> {}, body);
  }

  /** Like {@link #inTransaction}, but reads everything as of one moment and writes nothing. */
  <T extends @Nullable Object> T inSnapshot(TransactionBody<T> body) {
    return transact(
        connection -> {
          connection.setReadOnly(true);
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        },
        body);
  }

  private <T extends @Nullable Object> T transact(
      TransactionWork preparation, TransactionBody<T> body) {
    migrate();
    boolean committing = false;
    try (Connection connection = pool.getConnection()) {
      try {
        preparation.run(connection);
        connection.setSchema(schema);
        T result = body.run(connection);
        committing = true;
        connection.commit();
        committing = false;
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw classify(e, committing);
    }
  }

  /**
   * Runs work that yields nothing in one transaction; see {@link #inTransaction}.
   *
   * @param work the work; any exception rolls back
   */
  public void runInTransaction(TransactionWork work) {
    this.<@Nullable Void>inTransaction(
        connection -> {
          work.run(connection);
          return null;
        });
  }

  private DatabaseException classify(SQLException e, boolean committing) {
    return pool.isClosed()
        ? new DatabaseUnavailableException("the store is closed", committing, e)
        : SqlErrors.classify(e, committing);
  }

  private static void rollBack(Connection connection, Throwable why) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      why.addSuppressed(e);
    }
  }
}
