package org.orrery.epics.pvaccess;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.epics.pvaccess.PVAException;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.impl.remote.ProtocolType;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.TransportRegistry;
import org.epics.pvaccess.server.impl.remote.BeaconEmitter;
import org.epics.pvaccess.server.impl.remote.ServerContextImpl;
import org.epics.pvaccess.util.configuration.Configuration;
import org.epics.pvdata.misc.ThreadPriority;
import org.epics.pvdata.misc.TimerFactory;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.server.PvServerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library's server with sockets of our own choosing. Thread-safe once initialised.
 *
 * <p>As it comes the library binds all interfaces, takes any free port when the wanted one is
 * taken, shares its search port with any other server, and lets one silent client hold up all
 * others for five seconds. Here it binds one interface, fails when a port is taken, and validates
 * each connection on a thread of its own.
 */
final class ServerContext extends ServerContextImpl {
  private static final Logger LOG = LoggerFactory.getLogger(ServerContext.class);
  private static final long VALIDATION_MS = 5_000;

  /** The library takes two of them for each connection; a larger message passes in pieces. */
  private static final int CONNECTION_BUFFER_BYTES = 64 * 1024;

  private final PvServerSettings settings;
  private @Nullable ServerSocketChannel tcp;

  ServerContext(PvServerSettings settings) {
    this.settings = settings;
    super();
  }

  /** Called by the super constructor. */
  @Override
  public Configuration getConfiguration() {
    return new LibrarySettings(
        Map.of("EPICS_PVA_MAX_ARRAY_BYTES", Integer.toString(CONNECTION_BUFFER_BYTES)));
  }

  @Override
  public synchronized void initialize(ChannelProvider provider) throws PVAException {
    channelProviders.add(provider);
    channelProviderNames = provider.getProviderName();
    timer = TimerFactory.create("orrery-pva-server-timer", ThreadPriority.lower);
    transportRegistry = new TransportRegistry();
    try {
      bindTcp();
      bindUdp();
    } catch (IOException taken) {
      throw new PVAException(taken.getMessage(), taken);
    }
    if (!settings.beaconAddresses().isEmpty()) {
      beaconEmitter = new BeaconEmitter(ProtocolType.tcp.name(), broadcastTransport, this);
      beaconEmitter.callback();
    }
  }

  private void bindTcp() throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.INET);
    try {
      socket.bind(new InetSocketAddress(settings.bindHost(), settings.serverPort()));
    } catch (IOException taken) {
      socket.close();
      throw new IOException(
          "TCP " + settings.bindHost() + ":" + settings.serverPort() + ": " + taken.getMessage(),
          taken);
    }
    tcp = socket;
    serverPort = ((InetSocketAddress) socket.getLocalAddress()).getPort();
    Thread.ofPlatform()
        .daemon()
        .name("orrery-pva-accept-" + serverPort)
        .start(() -> acceptAll(socket));
  }

  private void bindUdp() throws IOException {
    InetSocketAddress[] beacons =
        settings.beaconAddresses().stream()
            .map(address -> new InetSocketAddress(address.host(), address.port()))
            .toArray(InetSocketAddress[]::new);
    InetSocketAddress bind = new InetSocketAddress(settings.bindHost(), settings.searchPort());
    DatagramTransport udp;
    try {
      udp = DatagramTransport.bind(this, getServerResponseHandler(), bind, false, beacons);
    } catch (IOException taken) {
      closeTcp();
      throw new IOException("UDP " + bind + " cannot be bound", taken);
    }
    broadcastPort = udp.getRemoteAddress().getPort();
    broadcastTransport = udp;
    udp.start();
  }

  private void acceptAll(ServerSocketChannel socket) {
    while (socket.isOpen()) {
      try {
        serve(socket.accept());
      } catch (AsynchronousCloseException closing) {
        return;
      } catch (ClosedChannelException closing) {
        return;
      } catch (IOException broken) {
        LOG.info("a client could not be accepted: {}", broken.getMessage());
      }
    }
  }

  private void serve(SocketChannel socket) throws IOException {
    socket.configureBlocking(true);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    Transport transport =
        new ServerTransport(
            this,
            socket,
            getServerResponseHandler(),
            getReceiveBufferSize(),
            settings.maxMessageBytes());
    Thread.ofVirtual().start(() -> validate(transport));
  }

  private static void validate(Transport transport) {
    boolean valid = transport.verify(VALIDATION_MS);
    if (!valid) {
      try {
        transport.close();
      } catch (IOException gone) {
        LOG.debug("an invalid client was gone before it was dropped: {}", gone.getMessage());
      }
    }
  }

  @Override
  public InetAddress getServerInetAddress() {
    return new InetSocketAddress(settings.bindHost(), 0).getAddress();
  }

  @Override
  public synchronized void destroy() throws PVAException {
    closeTcp();
    super.destroy();
  }

  private void closeTcp() {
    ServerSocketChannel socket = tcp;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException ignored) {
        LOG.debug("closing the TCP port: {}", ignored.getMessage());
      }
    }
  }
}
