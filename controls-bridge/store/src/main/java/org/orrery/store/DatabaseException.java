package org.orrery.store;

/** A transaction did not go through; sealed, so that a caller decides about each kind. */
public abstract sealed class DatabaseException extends RuntimeException
    permits DatabaseUnavailableException, DatabaseFaultException {
  private static final long serialVersionUID = 1L;

  DatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
