package org.orrery.epics.pvaccess;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.epics.pvaccess.PVAException;
import org.orrery.epics.EpicsException;
import org.orrery.epics.HostPort;
import org.orrery.epics.adapter.LibraryLog;
import org.orrery.epics.adapter.LibraryThreads;
import org.orrery.epics.adapter.ServerCounters;
import org.orrery.epics.server.CallHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.epics.server.ServerStatistics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PV server on epics-pvaccess. Thread-safe. */
public final class PvAccessServer implements PvServer {
  private static final Logger LOG = LoggerFactory.getLogger(PvAccessServer.class);

  private final Map<String, LocalPv> pvs = new ConcurrentHashMap<>();
  private final Map<String, LocalService> services = new ConcurrentHashMap<>();
  private final ServerCounters counters = new ServerCounters();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final PvServerSettings settings;
  private final ServerContext context;

  private PvAccessServer(PvServerSettings settings) {
    this.settings = settings;
    this.context = new ServerContext(settings);
  }

  /**
   * Starts a server without PVs.
   *
   * @throws EpicsException when a port cannot be bound
   */
  public static PvAccessServer start(PvServerSettings settings) {
    LibraryLog.install();
    try {
      return LibraryThreads.onDaemonThread(
          "orrery-pva-server-start",
          () -> {
            PvAccessServer server = new PvAccessServer(settings);
            server.context.initialize(
                new LocalProvider(
                    name -> Optional.ofNullable(server.pvs.get(name)),
                    name -> Optional.ofNullable(server.services.get(name))));
            return server;
          });
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new EpicsException("the PV server cannot start: " + cause.getMessage(), cause);
    }
  }

  @Override
  public ServedPv create(PvDefinition definition, PvState initial) {
    if (closed.get()) {
      throw new IllegalStateException("the PV server is closed");
    }
    LocalPv pv =
        new LocalPv(
            definition, initial, counters, gone -> pvs.remove(gone.definition().name(), gone));
    if (services.containsKey(definition.name()) || pvs.putIfAbsent(definition.name(), pv) != null) {
      throw new IllegalArgumentException("PV " + definition.name() + " is served already");
    }
    return pv;
  }

  @Override
  public AutoCloseable createService(String name, CallHandler handler) {
    if (closed.get()) {
      throw new IllegalStateException("the PV server is closed");
    }
    LocalService service = new LocalService(handler, new ClientChannels());
    if (pvs.containsKey(name) || services.putIfAbsent(name, service) != null) {
      throw new IllegalArgumentException(name + " is served already");
    }
    return () -> {
      services.remove(name, service);
      service.channels().end();
    };
  }

  @Override
  public HostPort serverAddress() {
    return new HostPort(settings.bindHost(), context.getServerPort());
  }

  @Override
  public HostPort searchAddress() {
    return new HostPort(settings.bindHost(), context.getBroadcastPort());
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
    try {
      context.destroy();
    } catch (PVAException failed) {
      LOG.info("the PV server did not close cleanly: {}", failed.getMessage());
    }
    pvs.clear();
    services.clear();
  }
}
