package org.orrery.epics.client;

import org.orrery.epics.EpicsException;
import org.orrery.epics.pvaccess.PvAccessClient;

/** Opens clients. */
public final class PvClients {
  private PvClients() {}

  /**
   * Opens a pvAccess client.
   *
   * @throws EpicsException when its sockets cannot be bound
   */
  public static PvClient open(PvClientSettings settings) {
    return PvAccessClient.open(settings);
  }
}
