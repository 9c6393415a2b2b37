package org.orrery.epics.client;

/** What became of a put. */
public sealed interface PutReply {
  /** The server said that the device took it. */
  record Completed() implements PutReply {}

  /**
   * The server, or a check before sending, said no.
   *
   * @param message the server's words
   * @param mayHaveBeenWritten false when the value certainly never left this client; a server may
   *     report an error of the processing that the value set off
   */
  record Rejected(String message, boolean mayHaveBeenWritten) implements PutReply {}

  /** The caller took it back right before it would have left: nothing was sent. */
  record Withheld() implements PutReply {}

  /**
   * No answer came. This is not a yes and not a no: read back before anything else.
   *
   * @param why deadline, disconnection or closing, in words
   * @param mayHaveBeenWritten false when the value certainly never left this client
   */
  record NoAnswer(String why, boolean mayHaveBeenWritten) implements PutReply {}
}
