package org.orrery.store;

/**
 * The database refused a statement: broken SQL, a violated constraint, a failed migration. Trying
 * again does not help; the transaction was rolled back.
 */
public final class DatabaseFaultException extends DatabaseException {
  private static final long serialVersionUID = 1L;
  private final String sqlState;

  /**
   * Creates the exception.
   *
   * @param message what happened
   * @param sqlState five characters, see PostgreSQL's appendix "Error Codes"; empty when unknown
   * @param cause the driver's exception
   */
  public DatabaseFaultException(String message, String sqlState, Throwable cause) {
    super(message, cause);
    this.sqlState = sqlState;
  }

  /**
   * The error code.
   *
   * @return five characters, for example {@code 23505} for a violated unique constraint; empty when
   *     unknown
   */
  public String sqlState() {
    return sqlState;
  }
}
