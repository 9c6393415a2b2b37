package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJContext;
import com.cosylab.epics.caj.impl.CAConnector;
import com.cosylab.epics.caj.impl.CAConstants;
import com.cosylab.epics.caj.impl.CAResponseHandler;
import com.cosylab.epics.caj.impl.CATransport;
import com.cosylab.epics.caj.impl.ConnectionException;
import com.cosylab.epics.caj.impl.Transport;
import com.cosylab.epics.caj.impl.TransportClient;
import com.cosylab.epics.caj.impl.reactor.lf.LeaderFollowersThreadPool;
import com.cosylab.epics.caj.util.Timer;
import gov.aps.jca.CAException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.HostPort;
import org.orrery.epics.client.CaSettings;
import org.slf4j.LoggerFactory;

/**
 * The library's client with our settings, threads and way to connect. Its settings are one set for
 * the whole JVM, read from properties and files; here each client has its own. Thread-safe once
 * initialised.
 */
final class CaContext extends CAJContext {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(CaContext.class);
  private static final float SHORTEST_SEARCH_INTERVAL_S = 0.1f;
  private static final float MILLIS_PER_SECOND = 1_000f;

  private final CaSettings settings;
  private final int repeaterPortOfOurs;
  private final boolean loopbackOnly;
  private final DaemonPool pool = new DaemonPool();

  /** Search answers that wait for the connection to their server, by channel. */
  private final Map<InetSocketAddress, Map<Integer, Runnable>> opening = new HashMap<>();

  CaContext(CaSettings settings, int repeaterPort) {
    this.settings = settings;
    this.repeaterPortOfOurs = repeaterPort;
    this.loopbackOnly =
        settings.servers().stream()
            .map(server -> new InetSocketAddress(server.host(), server.port()))
            .allMatch(to -> !to.isUnresolved() && to.getAddress().isLoopbackAddress());
    super();
    setDoNotShareChannels(true);
  }

  /** Called by the super constructor. */
  @Override
  protected void initializeLogger() {
    logger = Logger.getLogger(CaContext.class.getName());
  }

  /** Called by the super constructor. */
  @Override
  protected void loadConfiguration() {
    addressList =
        settings.servers().stream().map(HostPort::toString).collect(Collectors.joining(" "));
    autoAddressList = false;
    nameServersList = "";
    connectionTimeout = settings.connectionTimeout().toMillis() / MILLIS_PER_SECOND;
    echoTimeout = settings.connectionTimeout().toMillis() / 2;
    repeaterPort = repeaterPortOfOurs;
    maxArrayBytes = settings.maxArrayBytes();
    minSearchInterval = SHORTEST_SEARCH_INTERVAL_S;
    maxSearchInterval = settings.longestSearchInterval().toMillis() / MILLIS_PER_SECOND;
  }

  /** Used by the super class for every connection, and while it initialises itself. */
  @Override
  public LeaderFollowersThreadPool getLeaderFollowersThreadPool() {
    return pool;
  }

  @Override
  public synchronized void initialize() throws CAException {
    super.initialize();
    connector = new Connector(this);
    leaderFollowersThreadPool.shutdown();
  }

  /**
   * A server has the PV. The library would connect to it here, on the one thread that reads search
   * answers, so that a server which does not accept holds up the search for all PVs.
   */
  @Override
  public void searchResponse(
      int cid, int sid, short type, int count, short minorRevision, InetSocketAddress server) {
    if (!mayConnectTo(server)) {
      return;
    }
    Runnable goOn = () -> super.searchResponse(cid, sid, type, count, minorRevision, server);
    if (!isOpenTo(server, cid, minorRevision, goOn)) {
      return;
    }
    goOn.run();
  }

  /**
   * Whether there is a connection to use; if not, what is to be done waits for it. The library
   * lists a connection before it has said its version on it, so a fresh one is not used until it is
   * whole: a server takes a client without a version for one that is too old.
   */
  private boolean isOpenTo(
      InetSocketAddress server, int cid, short minorRevision, Runnable afterwards) {
    synchronized (opening) {
      Map<Integer, Runnable> waiting = opening.get(server);
      if (waiting != null) {
        waiting.put(cid, afterwards);
        return false;
      }
      if (transportRegistry.get(server, CAConstants.CA_DEFAULT_PRIORITY) != null) {
        return true;
      }
      opening.put(server, new LinkedHashMap<>(Map.of(cid, afterwards)));
    }
    Thread.ofVirtual().name("orrery-ca-connect").start(() -> open(server, minorRevision));
    return false;
  }

  /**
   * Whether a search answer may lead there. A client that lists only loopback servers stays on this
   * machine, whoever answers.
   */
  private boolean mayConnectTo(InetSocketAddress server) {
    return !loopbackOnly || server.getAddress().isLoopbackAddress();
  }

  private void open(InetSocketAddress server, short minorRevision) {
    TransportClient holder = new Holder();
    Transport opened = null;
    try {
      opened =
          connector.connect(
              holder,
              new CAResponseHandler(this),
              server,
              minorRevision,
              CAConstants.CA_DEFAULT_PRIORITY);
    } catch (ConnectionException refused) {
      LOG.info("CA server {} answers searches but does not accept: {}", server, causeOf(refused));
    }
    Map<Integer, Runnable> waiting;
    synchronized (opening) {
      waiting = opening.remove(server);
    }
    if (opened instanceof CATransport transport && waiting != null) {
      waiting.values().forEach(Runnable::run);
      transport.release(holder);
    }
  }

  private static @Nullable String causeOf(ConnectionException refused) {
    Throwable cause = refused.getCause();
    return cause == null ? refused.getMessage() : cause.getMessage();
  }

  /**
   * Whether the caller reports that a server has gone silent: the library does that on its timer's
   * thread, and keeps the connection for as long as the system does, a quarter of an hour or more.
   */
  static boolean isReportingSilence() {
    return Thread.currentThread().getName().equals(Timer.class.getName());
  }

  /**
   * Aborts the connection to a server that is silent: closed in the usual way, the system would go
   * on for many minutes to bring the server what it has not taken, and that may be a put that was
   * given up. What has reached the server's machine cannot be called back. The library keeps its
   * socket to itself; where it cannot be had the connection is closed in the usual way.
   */
  static void abort(CATransport silent) {
    try {
      Field field = CATransport.class.getDeclaredField("channel");
      field.setAccessible(true);
      SocketChannel socket = (SocketChannel) field.get(silent);
      if (socket.isOpen()) { // by now another of its channels may have ended it
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (ReflectiveOperationException | IOException | RuntimeException failed) {
      LOG.warn("the silent connection to {} is not aborted", silent.getRemoteAddress(), failed);
    }
    silent.close(true);
  }

  @Override
  public synchronized void destroy() throws CAException {
    try {
      super.destroy();
    } finally {
      pool.end();
      try {
        broadcastTransport.getChannel().close();
      } catch (IOException gone) {
        LOG.debug("closing the CA search socket: {}", gone.getMessage());
      }
    }
  }

  /** Gives up on a server that does not accept within seconds instead of minutes. */
  private static final class Connector extends CAConnector {
    private static final String TIMEOUT_S = "5";

    static {
      System.setProperty(Connector.class.getName() + ".socket_connect_timeout", TIMEOUT_S);
    }

    Connector(CAJContext context) {
      super(context);
    }
  }

  /** Holds a fresh connection until the first channel does. */
  private static final class Holder implements TransportClient {
    @Override
    public void transportClosed() {}

    @Override
    public void transportChanged() {}

    @Override
    public void transportResponsive(Transport transport) {}

    @Override
    public void transportUnresponsive() {}
  }
}
