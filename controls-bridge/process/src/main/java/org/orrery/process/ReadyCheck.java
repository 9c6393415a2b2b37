package org.orrery.process;

import java.util.regex.Pattern;

/**
 * How the supervisor learns that a started child is ready to serve. Immutable; a probe must be
 * callable from any thread.
 */
public sealed interface ReadyCheck {

  /** Ready as soon as the process exists. */
  record Immediately() implements ReadyCheck {}

  /**
   * Ready when a line of its standard output or error matches.
   *
   * @param pattern searched for in every line
   */
  record OutputLine(Pattern pattern) implements ReadyCheck {}

  /**
   * Ready when a TCP connection is accepted.
   *
   * @param host name or address to connect to
   * @param port TCP port, 1 to 65535
   */
  record TcpPort(String host, int port) implements ReadyCheck {}

  /**
   * Ready when the caller's probe says so; asked every few tens of milliseconds. A probe that
   * throws counts as "not yet".
   *
   * @param probe must answer within about a second
   */
  record Callback(Probe probe) implements ReadyCheck {}

  /** A caller's own readiness probe. */
  @FunctionalInterface
  interface Probe {

    /**
     * Asks once.
     *
     * @return true when the child is ready to serve
     * @throws Exception when it cannot be told; counts as "not yet"
     */
    boolean isReady() throws Exception;
  }
}
