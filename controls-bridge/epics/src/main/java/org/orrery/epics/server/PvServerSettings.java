package org.orrery.epics.server;

import java.util.List;
import org.orrery.epics.HostPort;

/**
 * Settings of a server.
 *
 * @param bindHost IPv4 address of the interface that it serves; {@code 0.0.0.0} for all
 * @param serverPort TCP port; 0 for any free one
 * @param searchPort UDP port of searches; 0 for any free one
 * @param beaconAddresses where its beacons go, so that clients find it at once when it comes; empty
 *     for none
 * @param maxMessageBytes largest message that it accepts
 */
public record PvServerSettings(
    String bindHost,
    int serverPort,
    int searchPort,
    List<HostPort> beaconAddresses,
    int maxMessageBytes) {
  public PvServerSettings {
    beaconAddresses = List.copyOf(beaconAddresses);
  }

  /** Serves this machine only, on these ports; 0 for any free one. */
  public static PvServerSettings loopback(int serverPort, int searchPort) {
    return new PvServerSettings("127.0.0.1", serverPort, searchPort, List.of(), 16 * 1024 * 1024);
  }
}
