package org.orrery.epics.channelaccess;

import gov.aps.jca.CAException;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.orrery.contract.value.Value;
import org.orrery.epics.EpicsException;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.adapter.LibraryLog;
import org.orrery.epics.adapter.LibraryThreads;
import org.orrery.epics.adapter.OpenOperations;
import org.orrery.epics.client.CaSettings;
import org.orrery.epics.client.ClientStatistics;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Channel Access client on CAJ. Thread-safe. */
public final class CaClient implements PvClient {
  private static final Logger LOG = LoggerFactory.getLogger(CaClient.class);
  private static final long CLOSE_WITHIN_MS = 3_000;
  private static final String PREFIX = "ca://";

  private final SilentRepeater repeater;
  private final CaContext context;
  private final ClientCounters counters = new ClientCounters();
  private final Map<String, CaPv> pvs = new HashMap<>();
  private final Set<CaMonitor> monitors = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor events = daemon("orrery-ca-events");
  private final ScheduledThreadPoolExecutor deadlines = daemon("orrery-ca-deadlines");
  private final OpenOperations operations = new OpenOperations(deadlines);
  private boolean closed;

  private CaClient(CaSettings settings) throws SocketException {
    this.repeater = new SilentRepeater();
    this.context = new CaContext(settings, repeater.port());
  }

  private static ScheduledThreadPoolExecutor daemon(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /**
   * Opens a client.
   *
   * @throws EpicsException when its sockets cannot be bound
   */
  public static CaClient open(CaSettings settings) {
    LibraryLog.install();
    try {
      return LibraryThreads.onDaemonThread(
          "orrery-ca-client-start",
          () -> {
            CaClient client = new CaClient(settings);
            client.context.initialize();
            return client;
          });
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new EpicsException("the CA client cannot start: " + cause.getMessage(), cause);
    }
  }

  private static String nameOf(String address) {
    String name = address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    if (name.isBlank() || name.contains("://")) {
      throw new IllegalArgumentException("not a Channel Access address: '" + address + "'");
    }
    return name;
  }

  @Override
  public PvSubscription subscribe(String address, PvListener listener) {
    String name = nameOf(address);
    CaMonitor monitor = new CaMonitor(name, listener, counters, this::forget);
    monitors.add(monitor);
    counters.subscriptions.increment();
    if (!join(name, monitor)) {
      monitor.close();
      throw new IllegalStateException("the CA client is closed");
    }
    return monitor;
  }

  private void forget(CaMonitor monitor) {
    monitors.remove(monitor);
    counters.subscriptions.decrement();
    leave(monitor.address(), monitor);
  }

  @Override
  public CompletableFuture<PutReply> put(
      String address, Value value, long timeoutNs, BooleanSupplier maySend) {
    String name = nameOf(address);
    CaPut put = new CaPut(name, value, maySend);
    counters.putBegins();
    CompletableFuture<PutReply> reply =
        operations.watch(put.reply(), put::giveUp, timeoutNs, () -> leave(name, put));
    CaPv pv;
    synchronized (pvs) {
      pv = closed ? null : pvs.get(name);
      if (pv != null) {
        pv.add(put);
      }
    }
    put.begin(pv == null ? null : pv.connected());
    leaveIfDone(name, put, reply);
    return counters.countingSilence(reply);
  }

  @Override
  public CompletableFuture<GetReply> get(String address, long timeoutNs) {
    String name = nameOf(address);
    CaGet get = new CaGet(name);
    CompletableFuture<GetReply> reply =
        operations.watch(get.reply(), get::giveUp, timeoutNs, () -> leave(name, get));
    if (!join(name, get)) {
      get.giveUp("the client is closed");
    }
    leaveIfDone(name, get, reply);
    return reply;
  }

  /** Adds a user to the PV, which is searched for from its first user on; false once closed. */
  private boolean join(String name, LinkUser user) {
    synchronized (pvs) {
      if (closed) {
        return false;
      }
      CaPv pv = pvs.get(name);
      if (pv == null) {
        pv = new CaPv(name, context, this::onEventThread);
        pvs.put(name, pv);
        pv.add(user);
        onEventThread(pv::open);
      } else {
        CaPv present = pv;
        present.add(user);
        onEventThread(() -> present.greet(user));
      }
      return true;
    }
  }

  private void leave(String name, LinkUser user) {
    synchronized (pvs) {
      CaPv pv = pvs.get(name);
      if (pv != null) {
        pv.remove(user);
        if (pv.isUnused()) {
          pvs.remove(name);
          onEventThread(pv::end);
        }
      }
    }
  }

  /** For an operation that ended before it had joined. */
  private void leaveIfDone(String name, LinkUser operation, CompletableFuture<?> reply) {
    if (reply.isDone()) {
      leave(name, operation);
    }
  }

  private void onEventThread(Runnable event) {
    try {
      events.execute(event);
    } catch (RejectedExecutionException closing) {
      LOG.debug("an event came after the end of the CA client");
    }
  }

  @Override
  public ClientStatistics statistics() {
    return counters.statistics();
  }

  @Override
  public void close() {
    synchronized (pvs) {
      if (closed) {
        return;
      }
      closed = true;
    }
    List.copyOf(monitors).forEach(CaMonitor::close);
    operations.giveUpAll();
    deadlines.shutdownNow();
    events.shutdown();
    Thread end = Thread.ofPlatform().daemon().name("orrery-ca-close").start(this::destroy);
    try {
      if (!end.join(java.time.Duration.ofMillis(CLOSE_WITHIN_MS))) {
        LOG.warn("the CA client closes with parts that did not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void destroy() {
    try {
      events.awaitTermination(CLOSE_WITHIN_MS / 2, TimeUnit.MILLISECONDS);
      context.destroy();
    } catch (CAException | IllegalStateException failed) {
      LOG.info("the CA client did not close cleanly: {}", failed.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      repeater.close();
    }
  }
}
