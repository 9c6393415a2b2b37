package org.orrery.epics.pvaccess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.epics.pvaccess.PVAException;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.impl.remote.ClientContextImpl;
import org.epics.pvaccess.client.impl.remote.ClientResponseHandler;
import org.epics.pvaccess.client.impl.remote.search.ChannelSearchManager;
import org.epics.pvaccess.client.impl.remote.tcp.BlockingTCPConnector;
import org.epics.pvaccess.impl.remote.ConnectionException;
import org.epics.pvaccess.impl.remote.ProtocolType;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.TransportClient;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;
import org.epics.pvaccess.impl.remote.udp.BlockingUDPTransport;
import org.epics.pvaccess.util.InetAddressUtil;
import org.epics.pvaccess.util.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.HostPort;
import org.orrery.epics.client.PvClientSettings;

/**
 * The library's client with our search, our settings, and a guard around its connections.
 * Thread-safe once initialised.
 */
final class ClientContext extends ClientContextImpl {
  /** The library takes two of them for each connection; a larger message passes in pieces. */
  private static final int CONNECTION_BUFFER_BYTES = 64 * 1024;

  private final PvClientSettings settings;
  private @Nullable SearchManager search;
  private boolean loopbackOnly;

  ClientContext(PvClientSettings settings) {
    this.settings = settings;
    super();
  }

  /** Called by the super constructor. */
  @Override
  public Configuration getConfiguration() {
    return new LibrarySettings(
        Map.of(
            "EPICS_PVA_ADDR_LIST",
            settings.servers().stream().map(HostPort::toString).collect(Collectors.joining(" ")),
            "EPICS_PVA_AUTO_ADDR_LIST",
            "NO",
            "EPICS_PVA_BROADCAST_PORT",
            Integer.toString(settings.beaconPort()),
            "EPICS_PVA_CONN_TMO",
            Float.toString(settings.connectionTimeout().toMillis() / 1000f),
            "EPICS_PVA_MAX_ARRAY_BYTES",
            Integer.toString(CONNECTION_BUFFER_BYTES)));
  }

  @Override
  public synchronized void initialize() throws PVAException {
    super.initialize();
    List<InetSocketAddress> servers =
        settings.servers().stream()
            .map(server -> new InetSocketAddress(server.host(), server.port()))
            .toList();
    loopbackOnly =
        servers.stream()
            .allMatch(server -> !server.isUnresolved() && server.getAddress().isLoopbackAddress());
    bindSockets();
    connector = new GuardedConnector();
    search = new SearchManager(this, servers, settings.longestSearchInterval().toNanos());
    search.start();
  }

  /** Puts our own sockets in the place of the library's. */
  private void bindSockets() throws PVAException {
    InetAddress any = new InetSocketAddress(0).getAddress();
    InetAddress own = loopbackOnly ? InetAddress.getLoopbackAddress() : any;
    ClientResponseHandler handler = new ClientResponseHandler(this);
    try {
      searchTransport.close();
      broadcastTransport.close();
      // Beacons may be sent to a broadcast address, which reaches only a socket bound to any.
      InetSocketAddress beacons =
          new InetSocketAddress(settings.beaconPort() == 0 ? own : any, settings.beaconPort());
      broadcastTransport = DatagramTransport.bind(this, handler, beacons, true);
      searchTransport = DatagramTransport.bind(this, handler, new InetSocketAddress(own, 0), false);
      NetworkInterface loopback = InetAddressUtil.getLoopbackNIF();
      if (localBroadcastAddress != null && loopback != null) {
        searchTransport.setMutlicastNIF(loopback, true);
      }
    } catch (IOException taken) {
      throw new PVAException("its UDP sockets cannot be bound: " + taken.getMessage(), taken);
    }
    broadcastTransport.start();
    searchTransport.start();
  }

  @Override
  public ChannelSearchManager getChannelSearchManager() {
    SearchManager ours = search;
    return ours == null ? super.getChannelSearchManager() : ours;
  }

  /** Used by the super class while it initialises itself. */
  @Override
  public BlockingUDPTransport getSearchTransport() {
    BlockingUDPTransport socket = super.getSearchTransport();
    if (socket == null) {
      String port =
          settings.beaconPort() == 0
              ? ""
              : ", or name a beacon port that is free: %d may be taken"
                  .formatted(settings.beaconPort());
      throw new IllegalStateException(
          "its UDP socket cannot be bound; start the JVM with -Djava.net.preferIPv4Stack=true"
              + port);
    }
    return socket;
  }

  @Override
  public void newServerDetected() {
    getChannelSearchManager().newServerDetected();
  }

  @Override
  public synchronized void destroy() {
    SearchManager ours = search;
    if (ours != null) {
      ours.cancel();
    }
    super.destroy();
  }

  /**
   * Whether a search answer may lead there. A client that lists only loopback servers stays on this
   * machine, whoever answers.
   */
  boolean mayConnectTo(InetSocketAddress server) {
    return !loopbackOnly || server.getAddress().isLoopbackAddress();
  }

  /** Whether a connection is there and can be used; the library lists one that is being made. */
  boolean isConnectedTo(InetSocketAddress server) {
    return transportRegistry.get(ProtocolType.tcp.name(), server, ChannelProvider.PRIORITY_DEFAULT)
            instanceof WatchedTransport transport
        && transport.isUsable();
  }

  /** Makes connections that notice a silent server and survive late answers. */
  private final class GuardedConnector extends BlockingTCPConnector {
    private final Map<InetSocketAddress, Object> locks = new ConcurrentHashMap<>();

    GuardedConnector() {
      super(
          ClientContext.this,
          (context, channel, handler, bufferSize, client, revision, heartbeat, priority) -> {
            try {
              return new WatchedTransport(
                  context,
                  channel,
                  handler,
                  bufferSize,
                  client,
                  revision,
                  heartbeat,
                  priority,
                  settings.maxMessageBytes(),
                  new AnswerRules(ClientContext.this, settings.maxMessageBytes()));
            } catch (SocketException broken) {
              throw new IllegalStateException(broken.getMessage(), broken);
            }
          },
          getReceiveBufferSize(),
          getConnectionTimeout());
    }

    @Override
    public Transport connect(
        TransportClient client,
        ResponseHandler handler,
        InetSocketAddress address,
        byte revision,
        short priority)
        throws ConnectionException {
      // The library lists a connection before its constructor has ended, and a second channel that
      // took it then would fail.
      synchronized (locks.computeIfAbsent(address, any -> new Object())) {
        Transport transport =
            super.connect(
                client, new AnswerGuard(ClientContext.this, handler), address, revision, priority);
        if (transport instanceof WatchedTransport watched) {
          watched.markUsable();
        }
        return transport;
      }
    }
  }
}
