package org.orrery.store;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;

/** Tells a database that is away from a statement that is wrong. */
final class SqlErrors {
  /** Serialisation failure, deadlock, lock not granted in time, and shutdown, crash or start. */
  private static final Set<String> TRANSIENT_STATES =
      Set.of("40001", "40P01", "55P03", "57P01", "57P02", "57P03");

  /** Connection trouble, too few resources (a full disk among them), trouble of the machine. */
  private static final List<String> TRANSIENT_CLASSES = List.of("08", "53", "58");

  private SqlErrors() {}

  static DatabaseException classify(SQLException e, boolean committing) {
    return isUnavailable(e)
        ? new DatabaseUnavailableException(
            "database unavailable: " + firstLine(e), committing && !isRefusal(e), e)
        : new DatabaseFaultException(
            "database refused: " + firstLine(e), e.getSQLState() == null ? "" : e.getSQLState(), e);
  }

  static DatabaseException classify(String schema, FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && isUnavailable(sql)) {
        return new DatabaseUnavailableException(
            "database unavailable: " + firstLine(sql), false, e);
      }
    }
    return new DatabaseFaultException(
        "migrating the schema " + schema + " failed: " + e.getMessage(), "", e);
  }

  private static boolean isUnavailable(SQLException e) {
    String state = e.getSQLState();
    return e instanceof SQLTransientException
        || (state != null
            && (TRANSIENT_STATES.contains(state)
                || TRANSIENT_CLASSES.stream().anyMatch(state::startsWith)));
  }

  /** The server itself answered the commit with a refusal, so nothing was committed. */
  private static boolean isRefusal(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.startsWith("40");
  }

  private static String firstLine(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
