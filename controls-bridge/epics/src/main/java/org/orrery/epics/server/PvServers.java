package org.orrery.epics.server;

import org.orrery.epics.EpicsException;
import org.orrery.epics.pvaccess.PvAccessServer;

/** Starts servers. */
public final class PvServers {
  private PvServers() {}

  /**
   * Starts a pvAccess server without PVs.
   *
   * @throws EpicsException when a port cannot be bound
   */
  public static PvServer start(PvServerSettings settings) {
    return PvAccessServer.start(settings);
  }
}
