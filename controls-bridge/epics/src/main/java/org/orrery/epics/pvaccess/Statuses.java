package org.orrery.epics.pvaccess;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import org.epics.pvdata.factory.StatusFactory;
import org.epics.pvdata.pv.DeserializableControl;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Status.StatusType;
import org.epics.pvdata.pv.StatusCreate;

/** Statuses of the protocol. Stateless. */
final class Statuses {
  private static final StatusCreate CREATE = StatusFactory.getStatusCreate();
  static final Status OK = CREATE.getStatusOK();

  private Statuses() {}

  /**
   * An error that the other side is shown; never with a stack trace. Without a cause the library
   * sends no text at all for one, over which core-pva's clients lose their connection.
   */
  static Status error(String message) {
    return CREATE.createStatus(StatusType.ERROR, WireText.of(message), NoTrace.NOTHING);
  }

  /** What prints an empty text. */
  private static final class NoTrace extends Exception {
    private static final long serialVersionUID = 1L;
    static final NoTrace NOTHING = new NoTrace();

    private NoTrace() {
      super("", null, false, false);
    }

    @Override
    public void printStackTrace(PrintWriter out) {}

    @Override
    public void printStackTrace(PrintStream out) {}
  }

  /** Reads a status off the wire. */
  static Status read(ByteBuffer payload, DeserializableControl control) {
    return CREATE.deserializeStatus(payload, control);
  }

  /** What a status says, never empty. */
  static String messageOf(Status status) {
    String message = status.getMessage();
    return message == null || message.isBlank() ? status.getType().name() : message;
  }
}
