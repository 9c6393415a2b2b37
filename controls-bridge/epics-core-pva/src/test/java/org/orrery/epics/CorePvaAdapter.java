package org.orrery.epics;

import java.time.Duration;
import java.util.List;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvaOptions;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;

/** core-pva's client against epics-pvaccess' server. */
final class CorePvaAdapter implements PvRig.Adapter {
  @Override
  public PvServer startServer(int serverPort, int searchPort) {
    return PvServers.start(PvServerSettings.loopback(serverPort, searchPort));
  }

  @Override
  public PvClient openClient(HostPort... servers) {
    return PvClients.open(settings(servers));
  }

  /** The library closes them by itself, and keeps its sockets to itself. */
  @Override
  public boolean abortsSilentConnections() {
    return false;
  }

  static PvClientSettings settings(HostPort... servers) {
    return new PvClientSettings(
            List.of(servers), 0, Duration.ofSeconds(5), Duration.ofMillis(500), 16, 1 << 24)
        .with(PvaOptions.of(PvaOptions.CORE_PVA));
  }
}
