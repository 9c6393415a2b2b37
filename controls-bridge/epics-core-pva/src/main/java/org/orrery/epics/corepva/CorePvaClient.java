package org.orrery.epics.corepva;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.epics.pva.client.PVAClient;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;
import org.orrery.epics.EpicsException;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.adapter.LibraryLog;
import org.orrery.epics.adapter.OpenOperations;
import org.orrery.epics.client.ClientStatistics;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client on core-pva. Thread-safe. */
final class CorePvaClient implements PvClient {
  private static final Logger LOG = LoggerFactory.getLogger(CorePvaClient.class);
  private static final String PREFIX = "pva://";
  private static final long CLOSE_WITHIN_MS = 3_000;

  /** How often channels that are not connected are looked at, and how many may be searched anew. */
  private static final long TICK_MS = 100;

  private static final int MOST_SEARCHES_PER_TICK = 500;

  private final PVAClient library;
  private final ServerCheck servers;
  private final long longestSearchNs;
  private final long stuckNs;
  private final ClientCounters counters = new ClientCounters();
  private final Map<String, SharedChannel> channels = new HashMap<>();
  private final Set<CoreMonitor> monitors = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("orrery-core-pva-client").factory());
  private final OpenOperations operations = new OpenOperations(worker);
  private Iterator<SharedChannel> patrol = List.<SharedChannel>of().iterator();
  private boolean closed;

  private CorePvaClient(PVAClient library, PvClientSettings settings) {
    this.library = library;
    this.servers = new ServerCheck(settings.pva().keyStore());
    this.longestSearchNs = settings.longestSearchInterval().toNanos();
    this.stuckNs = Math.max(longestSearchNs, settings.connectionTimeout().toNanos());
    worker.setRemoveOnCancelPolicy(true);
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    worker.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
  }

  /**
   * Opens a client.
   *
   * @throws EpicsException when its sockets cannot be bound, or its settings contradict those of
   *     another one in this JVM
   */
  static CorePvaClient open(PvClientSettings settings) {
    LibraryLog.install();
    try {
      PVAClient library = LibrarySettings.with(settings, PVAClient::new);
      CorePvaClient client = new CorePvaClient(library, settings);
      client.startPatrol();
      return client;
    } catch (EpicsException ours) {
      throw ours;
    } catch (Exception failed) {
      throw new EpicsException("the core-pva client cannot start: " + failed.getMessage(), failed);
    }
  }

  private void startPatrol() {
    var unused =
        worker.scheduleWithFixedDelay(this::searchOverdue, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** Goes on where the last tick stopped, so that no channel waits for ever. */
  private void searchOverdue() {
    if (!patrol.hasNext()) {
      synchronized (channels) {
        patrol = List.copyOf(channels.values()).iterator();
      }
    }
    long nowNs = System.nanoTime();
    for (int searched = 0; searched < MOST_SEARCHES_PER_TICK && patrol.hasNext(); ) {
      if (patrol.next().searchIfOverdue(nowNs, longestSearchNs, stuckNs)) {
        searched++;
      }
    }
  }

  private static String nameOf(String address) {
    String name = address.startsWith(PREFIX) ? address.substring(PREFIX.length()) : address;
    if (name.isBlank() || name.contains("://")) {
      throw new IllegalArgumentException("not a pvAccess address: '" + address + "'");
    }
    return name;
  }

  @Override
  public PvSubscription subscribe(String address, PvListener listener) {
    String name = nameOf(address);
    CoreMonitor monitor = new CoreMonitor(name, listener, counters, worker, this::forget);
    monitors.add(monitor);
    counters.subscriptions.increment();
    Optional<SharedChannel> channel = join(name, monitor);
    if (channel.isEmpty()) {
      monitor.close();
      throw new IllegalStateException("the PVA client is closed");
    }
    return monitor;
  }

  private void forget(CoreMonitor monitor) {
    monitors.remove(monitor);
    counters.subscriptions.decrement();
    leave(monitor.address(), monitor);
  }

  @Override
  public CompletableFuture<PutReply> put(
      String address, Value value, long timeoutNs, BooleanSupplier maySend) {
    String name = nameOf(address);
    OneShotPut put = new OneShotPut(name, value, maySend);
    counters.putBegins();
    CompletableFuture<PutReply> reply = run(name, put, put.reply(), put::giveUp, timeoutNs);
    put.nowOrNever();
    return counters.countingSilence(reply);
  }

  @Override
  public CompletableFuture<GetReply> get(String address, long timeoutNs) {
    String name = nameOf(address);
    OneShotGet get = new OneShotGet(name);
    return run(name, get, get.reply(), get::giveUp, timeoutNs);
  }

  @Override
  public CompletableFuture<CallReply> call(
      String address, Map<String, Value> arguments, long timeoutNs) {
    String name = nameOf(address);
    try {
      OneShotCall call = new OneShotCall(name, CallFields.request(name, arguments));
      return run(name, call, call.reply(), call::giveUp, timeoutNs);
    } catch (IllegalArgumentException misfit) {
      return CompletableFuture.completedFuture(
          new CallReply.Failed(name + ": " + misfit.getMessage()));
    }
  }

  private <R> CompletableFuture<R> run(
      String name,
      ChannelUser operation,
      CompletableFuture<R> reply,
      Consumer<String> giveUp,
      long timeoutNs) {
    CompletableFuture<R> answered =
        operations.watch(reply, giveUp, timeoutNs, () -> leave(name, operation));
    if (join(name, operation).isEmpty()) {
      giveUp.accept("the client is closed");
    } else if (reply.isDone()) {
      leave(name, operation); // it had ended before it joined
    }
    return answered;
  }

  /** Adds a user to the PV's channel, which is made for the first one; empty once closed. */
  private Optional<SharedChannel> join(String name, ChannelUser user) {
    SharedChannel channel;
    boolean fresh;
    synchronized (channels) {
      if (closed) {
        return Optional.empty();
      }
      channel = channels.get(name);
      fresh = channel == null;
      if (channel == null) {
        channel = new SharedChannel(name, library, servers, worker);
        channels.put(name, channel);
      }
      channel.add(user);
    }
    if (user instanceof CoreMonitor monitor) {
      monitor.on(channel);
    }
    if (fresh) {
      channel.search();
    } else {
      channel.greet(user);
    }
    return Optional.of(channel);
  }

  private void leave(String name, ChannelUser user) {
    SharedChannel unused = null;
    synchronized (channels) {
      SharedChannel channel = channels.get(name);
      if (channel != null) {
        channel.remove(user);
        if (channel.isUnused()) {
          channels.remove(name);
          unused = channel;
        }
      }
    }
    if (unused != null) {
      unused.end();
    }
  }

  @Override
  public ClientStatistics statistics() {
    return counters.statistics();
  }

  @Override
  public void close() {
    synchronized (channels) {
      if (closed) {
        return;
      }
      closed = true;
    }
    List.copyOf(monitors).forEach(CoreMonitor::close);
    operations.giveUpAll();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(CLOSE_WITHIN_MS, TimeUnit.MILLISECONDS)) {
        LOG.info("the core-pva client closes with channels that did not end");
      }
      library.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      LOG.debug("core-pva did not close cleanly", broken);
    } finally {
      LibrarySettings.release();
    }
  }
}
