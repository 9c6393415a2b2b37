package org.orrery.epics.client;

/** A running subscription. Thread-safe; keep it for as long as the updates are wanted. */
public interface PvSubscription extends AutoCloseable {
  /** The PV's name, without prefix. */
  String address();

  /** Whether the PV is connected and its first state has arrived. */
  boolean isConnected();

  /**
   * The server that it is, or was last, connected to, {@code host:port}; empty before the first
   * connection.
   */
  String server();

  /** Updates that arrived marked as merged with lost ones, since the start. */
  long overruns();

  /** Ends it; the listener is not called again once the call under way has returned. */
  @Override
  void close();
}
