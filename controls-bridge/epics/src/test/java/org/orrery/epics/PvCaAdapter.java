package org.orrery.epics;

import java.time.Duration;
import java.util.List;
import org.orrery.epics.channelaccess.CaClient;
import org.orrery.epics.client.CaSettings;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;

/** CAJ's client against our own Channel Access server. */
final class PvCaAdapter implements PvRig.Adapter {
  @Override
  public PvServer startServer(int serverPort, int searchPort) {
    return PvServers.startChannelAccess(PvServerSettings.loopback(serverPort, searchPort));
  }

  @Override
  public PvClient openClient(HostPort... servers) {
    return CaClient.open(
        new CaSettings(List.of(servers), Duration.ofSeconds(5), Duration.ofMillis(500), 1 << 24));
  }

  @Override
  public PvRig.Protocol protocol() {
    return PvRig.Protocol.CA;
  }
}
