package org.orrery.epics.server;

import org.orrery.epics.EpicsException;
import org.orrery.epics.channelaccess.CaServer;
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

  /**
   * Starts a Channel Access server without PVs. It refuses histograms and maps, which that protocol
   * cannot carry, and serves whole numbers of 32 bits; a text is cut to 39 bytes, and whole as the
   * characters of {@code NAME$}.
   *
   * @throws EpicsException when a port cannot be bound
   */
  public static PvServer startChannelAccess(PvServerSettings settings) {
    return CaServer.start(settings);
  }
}
