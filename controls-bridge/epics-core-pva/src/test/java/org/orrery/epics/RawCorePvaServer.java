package org.orrery.epics;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Instant;
import org.epics.pva.PVASettings;
import org.epics.pva.data.PVABoolArray;
import org.epics.pva.data.PVADouble;
import org.epics.pva.data.PVAStructure;
import org.epics.pva.data.nt.PVAAlarm;
import org.epics.pva.data.nt.PVAAlarm.AlarmSeverity;
import org.epics.pva.data.nt.PVAAlarm.AlarmStatus;
import org.epics.pva.data.nt.PVADisplay;
import org.epics.pva.data.nt.PVATimeStamp;
import org.epics.pva.server.PVAServer;
import org.epics.pva.server.ServerPV;
import org.orrery.epics.client.PvaOptions;

/**
 * core-pva's own server, which Orrery never uses: it loses fields when it merges updates. It stands
 * for a foreign server of that kind. (It binds its TCP port on all interfaces, there is no
 * setting.)
 */
final class RawCorePvaServer implements AutoCloseable {
  private final PVAServer server;
  private final int searchPort;

  private RawCorePvaServer(PVAServer server, int searchPort) {
    this.server = server;
    this.searchPort = searchPort;
  }

  static RawCorePvaServer start() throws Exception {
    int searchPort = freePort();
    set(searchPort);
    return new RawCorePvaServer(new PVAServer(), searchPort);
  }

  /** A name server that knows where one PV is. */
  static RawCorePvaServer startNameServer(String name, HostPort where) throws Exception {
    int searchPort = freePort();
    set(searchPort);
    return new RawCorePvaServer(
        new PVAServer(
            (seq, cid, wanted, client, reply) -> {
              if (name.equals(wanted)) {
                reply.accept(new InetSocketAddress(where.host(), where.port()));
              }
              return true;
            }),
        searchPort);
  }

  private static void set(int searchPort) {
    PVASettings.EPICS_PVA_ENABLE_IPV6 = false;
    PVASettings.EPICS_PVAS_INTF_ADDR_LIST = "127.0.0.1";
    PVASettings.EPICS_PVAS_BROADCAST_PORT = searchPort;
    PVASettings.EPICS_PVA_SERVER_PORT = 0;
  }

  private static int freePort() throws Exception {
    try (var socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    }
  }

  HostPort searchAddress() {
    return HostPort.loopback(searchPort);
  }

  /** As a client finds it that is told it as a name server. */
  PvaOptions.NameServer asNameServer() {
    return new PvaOptions.NameServer(
        HostPort.loopback(server.getTCPAddress(false).getPort()), false);
  }

  ServerPV volts(String name) {
    return server.createPV(name, state(0, AlarmSeverity.NO_ALARM, 0));
  }

  /** An array of booleans, which Orrery does not read. */
  ServerPV flags(String name) {
    return server.createPV(
        name,
        new PVAStructure(
            "", "epics:nt/NTScalarArray:1.0", new PVABoolArray("value", true, false, true)));
  }

  static PVAStructure state(double value, AlarmSeverity severity, int nanoseconds) {
    return new PVAStructure(
        "",
        "epics:nt/NTScalar:1.0",
        new PVADouble("value", value),
        new PVAAlarm(severity, AlarmStatus.NO_STATUS, severity.name()),
        new PVATimeStamp(Instant.ofEpochSecond(1_800_000_000L, nanoseconds)),
        new PVADisplay(-200, 0, "cathode voltage", "kV", 3, PVADisplay.Form.DEFAULT));
  }

  @Override
  public void close() {
    server.close();
  }
}
