package org.orrery.bus.wire;

/**
 * Bytes that cannot be read as the record they should be. The message says what was expected, what
 * came, and what to do; reading the same bytes again cannot help.
 */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong with the bytes. */
  public WireException(String message) {
    super(message);
  }

  /** Says what is wrong with the bytes, and what found it. */
  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
