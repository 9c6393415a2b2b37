package org.orrery.gateway.runtime;

/** The gate's journal cannot be used. The message names the file and the remedy. */
final class JournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
