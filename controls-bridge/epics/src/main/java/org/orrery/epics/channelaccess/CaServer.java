package org.orrery.epics.channelaccess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.orrery.epics.EpicsException;
import org.orrery.epics.HostPort;
import org.orrery.epics.adapter.ServerCounters;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.epics.server.ServerStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Channel Access server. Thread-safe. It is our own because CAJ's binds every interface and takes
 * another port when its own is taken, drops updates with their alarm edges, cuts texts that are not
 * ASCII, and leaves half a message in the stream of a client that is slow for five seconds.
 */
public final class CaServer implements PvServer {
  private static final Logger LOG = LoggerFactory.getLogger(CaServer.class);
  private static final int BACKLOG = 128;

  private final Map<String, CaServedPv> pvs = new ConcurrentHashMap<>();
  private final Set<Circuit> circuits = ConcurrentHashMap.newKeySet();
  private final ServerCounters counters = new ServerCounters();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final PvServerSettings settings;
  private final ServerSocket tcp;
  private final int serverPort;
  private final SearchPort search;
  private final Thread acceptor;

  private CaServer(PvServerSettings settings) {
    this.settings = settings;
    InetAddress host = resolved(settings.bindHost());
    this.tcp = bindTcp(host);
    this.serverPort = tcp.getLocalPort();
    this.search = bindUdp(host);
    this.acceptor = Thread.ofVirtual().name("orrery-ca-accept").unstarted(this::acceptAll);
  }

  /**
   * Starts a server without PVs.
   *
   * @throws EpicsException when a port cannot be bound
   */
  public static CaServer start(PvServerSettings settings) {
    CaServer server = new CaServer(settings);
    server.acceptor.start();
    server.search.start(settings.beaconAddresses());
    return server;
  }

  private static InetAddress resolved(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new EpicsException("the CA server cannot start: no such host: " + host, unknown);
    }
  }

  private ServerSocket bindTcp(InetAddress host) {
    try {
      return new ServerSocket(settings.serverPort(), BACKLOG, host);
    } catch (IOException taken) {
      throw cannotBind("TCP", settings.serverPort(), taken);
    }
  }

  private SearchPort bindUdp(InetAddress host) {
    try {
      return new SearchPort(
          new InetSocketAddress(host, settings.searchPort()),
          serverPort,
          name -> Circuit.find(this::pv, name).isPresent());
    } catch (IOException taken) {
      closeTcp();
      throw cannotBind("UDP", settings.searchPort(), taken);
    }
  }

  private EpicsException cannotBind(String protocol, int port, IOException taken) {
    return new EpicsException(
        "the CA server cannot start: %s %s:%d: %s"
            .formatted(protocol, settings.bindHost(), port, taken.getMessage()),
        taken);
  }

  private Optional<CaServedPv> pv(String name) {
    return Optional.ofNullable(pvs.get(name));
  }

  private void acceptAll() {
    while (!tcp.isClosed()) {
      try {
        serve(tcp.accept());
      } catch (IOException broken) {
        if (!tcp.isClosed()) {
          LOG.info("a CA client could not be accepted: {}", broken.getMessage());
        }
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    Circuit circuit = new Circuit(socket, this::pv, settings.maxMessageBytes(), circuits::remove);
    circuits.add(circuit);
    circuit.start();
    if (closed.get()) {
      circuit.close();
    }
  }

  @Override
  public ServedPv create(PvDefinition definition, PvState initial) {
    if (closed.get()) {
      throw new IllegalStateException("the CA server is closed");
    }
    CaServedPv pv =
        new CaServedPv(
            definition, initial, counters, gone -> pvs.remove(gone.definition().name(), gone));
    if (pvs.putIfAbsent(definition.name(), pv) != null) {
      throw new IllegalArgumentException("PV " + definition.name() + " is served already");
    }
    return pv;
  }

  @Override
  public HostPort serverAddress() {
    return new HostPort(settings.bindHost(), serverPort);
  }

  @Override
  public HostPort searchAddress() {
    return new HostPort(settings.bindHost(), search.port());
  }

  @Override
  public ServerStatistics statistics() {
    return new ServerStatistics(
        pvs.size(),
        counters.subscriptions.sum(),
        counters.posted.sum(),
        counters.merged.sum(),
        counters.edgesMerged.sum(),
        counters.puts.sum(),
        counters.putsRefused.sum());
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    search.close();
    closeTcp();
    SearchPort.awaitEnd(acceptor);
    List.copyOf(circuits).forEach(Circuit::close);
    pvs.clear();
  }

  private void closeTcp() {
    try {
      tcp.close();
    } catch (IOException ignored) {
      LOG.debug("closing the TCP port: {}", ignored.getMessage());
    }
  }
}
