package org.orrery.epics.server;

import org.orrery.epics.HostPort;

/**
 * A server of PVs with a TCP port and a search (UDP) port of its own. Thread-safe.
 *
 * <p>A slow client loses values, never alarm edges: what it has not taken yet is merged and marked
 * as overrun, but an update that changes the alarm severity stays in its queue as it was.
 */
public interface PvServer extends AutoCloseable {
  /**
   * Serves a PV.
   *
   * @param initial its first state; the kind must be the definition's
   * @throws IllegalArgumentException when the name is taken or the state does not fit the
   *     definition
   */
  ServedPv create(PvDefinition definition, PvState initial);

  /**
   * Serves remote procedure calls (NTURI) under this name.
   *
   * @return closing it ends the service
   * @throws IllegalArgumentException when the name is taken
   * @throws UnsupportedOperationException where the protocol knows no such calls
   */
  default AutoCloseable createService(String name, CallHandler handler) {
    throw new UnsupportedOperationException(
        name + " cannot be served: this protocol knows no remote procedure calls; use pvAccess");
  }

  /** Where clients connect (TCP). */
  HostPort serverAddress();

  /** Where clients search (UDP); what a client lists. */
  HostPort searchAddress();

  /** Counts since the start. */
  ServerStatistics statistics();

  /** Drops all clients, ends all threads and frees both ports. */
  @Override
  void close();
}
