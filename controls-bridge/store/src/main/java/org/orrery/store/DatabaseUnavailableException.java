package org.orrery.store;

/**
 * The database cannot be reached, is starting, or the connection broke, or two transactions got in
 * each other's way. An expected condition: try again later, and log it once, without a stack trace.
 */
public final class DatabaseUnavailableException extends DatabaseException {
  private static final long serialVersionUID = 1L;
  private final boolean outcomeUnknown;

  /**
   * Creates the exception.
   *
   * @param message what happened, fit for an operator
   * @param outcomeUnknown whether the commit may have gone through
   * @param cause the driver's exception
   */
  public DatabaseUnavailableException(String message, boolean outcomeUnknown, Throwable cause) {
    super(message, cause);
    this.outcomeUnknown = outcomeUnknown;
  }

  /**
   * Whether the connection broke while the commit was under way.
   *
   * @return true when the transaction may have been committed: look before doing it again; false
   *     when it certainly left nothing behind
   */
  public boolean outcomeUnknown() {
    return outcomeUnknown;
  }
}
