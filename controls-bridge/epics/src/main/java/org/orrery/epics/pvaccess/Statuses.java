package org.orrery.epics.pvaccess;

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

  /** An error that the other side is shown; never with a stack trace. */
  static Status error(String message) {
    return CREATE.createStatus(StatusType.ERROR, WireText.of(message), new NoTrace());
  }

  /**
   * Stands for "no stack trace": without a cause the library sends none at all, and a client on
   * core-pva takes that for a broken message and never ends its request.
   */
  private static final class NoTrace extends Exception {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("NullAway") // the JDK takes null for "no message" and "no cause"
    NoTrace() {
      super(null, null, false, false);
    }

    @Override
    public String toString() {
      return "";
    }
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
