package org.orrery.app.archive;

import java.io.IOException;

/** The other side refused, or what it said cannot be used; the message is for people. */
public final class ArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what went wrong and what to do. */
  public ArchiveException(String message) {
    super(message);
  }
}
