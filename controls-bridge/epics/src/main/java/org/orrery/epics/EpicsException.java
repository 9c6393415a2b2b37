package org.orrery.epics;

import org.jspecify.annotations.Nullable;

/**
 * The control-system library cannot start: a port in use, no usable network. The message says what
 * to change.
 */
public final class EpicsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the message for the operator and the library's own report. */
  public EpicsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
