package org.orrery.app.run;

import org.jspecify.annotations.Nullable;

/** Orrery could not start; the message names the part, the cause and the remedy. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A start that failed for a reason that people can mend. */
  public StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
