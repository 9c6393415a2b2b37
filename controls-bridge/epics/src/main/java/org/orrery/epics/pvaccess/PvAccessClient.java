package org.orrery.epics.pvaccess;

import java.time.Duration;
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
import java.util.function.Consumer;
import org.epics.pvdata.copy.CreateRequest;
import org.epics.pvdata.pv.PVStructure;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;
import org.orrery.epics.EpicsException;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.adapter.LibraryLog;
import org.orrery.epics.adapter.LibraryThreads;
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

/** A client on epics-pvaccess. Thread-safe. */
public final class PvAccessClient implements PvClient {
  private static final Logger LOG = LoggerFactory.getLogger(PvAccessClient.class);
  private static final long CLOSE_WITHIN_MS = 3_000;

  /** Before a PV is searched for whose server ended a subscription: it may do so each time. */
  private static final long SEARCH_AFTER_END_MS = 1_000;

  private static final String PREFIX = "pva://";

  private final ClientContext context;
  private final PVStructure monitorRequest;
  private final ClientCounters counters = new ClientCounters();
  private final Map<String, SharedChannel> channels = new HashMap<>();
  private final Set<ClientMonitor> monitors = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor worker =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("orrery-pva-client").factory());
  private final OpenOperations operations = new OpenOperations(worker);
  private boolean closed;

  private PvAccessClient(PvClientSettings settings) {
    this.context = new ClientContext(settings);
    this.monitorRequest =
        CreateRequest.create()
            .createRequest("record[queueSize=" + settings.queueSize() + "]field()");
    worker.setRemoveOnCancelPolicy(true);
    worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Opens a client.
   *
   * @throws EpicsException when its sockets cannot be bound
   */
  public static PvAccessClient open(PvClientSettings settings) {
    LibraryLog.install();
    try {
      return LibraryThreads.onDaemonThread(
          "orrery-pva-client-start",
          () -> {
            PvAccessClient client = new PvAccessClient(settings);
            client.context.initialize();
            return client;
          });
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      throw new EpicsException("the PVA client cannot start: " + cause.getMessage(), cause);
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
    ClientMonitor monitor =
        new ClientMonitor(name, listener, monitorRequest, counters, this::searchAnew, this::forget);
    monitors.add(monitor);
    counters.subscriptions.increment();
    if (!join(name, monitor)) {
      monitor.close();
      throw new IllegalStateException("the PVA client is closed");
    }
    return monitor;
  }

  private void forget(ClientMonitor monitor) {
    monitors.remove(monitor);
    counters.subscriptions.decrement();
    leave(monitor.address(), monitor);
  }

  /**
   * The server ended a subscription, and so serves the PV no more, or not the same. Its channel is
   * given up, from another thread for the same reason as in {@link #leave}.
   */
  private void searchAnew(ClientMonitor monitor, int epoch) {
    SharedChannel channel;
    synchronized (channels) {
      channel = channels.get(monitor.address());
    }
    if (channel == null) {
      return;
    }
    Runnable search = () -> channel.open(context.getProvider());
    try {
      worker.execute(
          () -> {
            if (channel.drop(epoch)) {
              var unused = worker.schedule(search, SEARCH_AFTER_END_MS, TimeUnit.MILLISECONDS);
            }
          });
    } catch (RejectedExecutionException closing) {
      LOG.debug("{} ends with its client", monitor.address());
    }
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
    PVStructure request;
    try {
      request = CallFields.request(name, arguments);
    } catch (IllegalArgumentException misfit) {
      return CompletableFuture.completedFuture(
          new CallReply.Failed(name + ": " + misfit.getMessage()));
    }
    OneShotCall call = new OneShotCall(name, request);
    return run(name, call, call.reply(), call::giveUp, timeoutNs);
  }

  private <R> CompletableFuture<R> run(
      String name,
      ChannelUser operation,
      CompletableFuture<R> reply,
      Consumer<String> giveUp,
      long timeoutNs) {
    CompletableFuture<R> answered =
        operations.watch(reply, giveUp, timeoutNs, () -> leave(name, operation));
    if (!join(name, operation)) {
      giveUp.accept("the client is closed");
    } else if (reply.isDone()) {
      leave(name, operation); // it had ended before it joined
    }
    return answered;
  }

  /** Adds a user to the PV's channel, which is made for the first one; false once closed. */
  private boolean join(String name, ChannelUser user) {
    SharedChannel channel;
    boolean fresh;
    synchronized (channels) {
      if (closed) {
        return false;
      }
      channel = channels.get(name);
      fresh = channel == null;
      if (channel == null) {
        channel = new SharedChannel(name);
        channels.put(name, channel);
      }
      channel.add(user);
    }
    if (fresh) {
      channel.open(context.getProvider());
    } else {
      channel.greet(user);
    }
    return true;
  }

  /**
   * Takes a user off the PV's channel and ends an unused one. The end comes from another thread:
   * this one may be the library's own, in the middle of a disconnection after which it would search
   * for the ended channel for ever.
   */
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
      try {
        worker.execute(unused::destroy);
      } catch (RejectedExecutionException closing) {
        LOG.debug("{} ends with its client", name);
      }
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
    List.copyOf(monitors).forEach(ClientMonitor::close);
    operations.giveUpAll();
    worker.shutdown();
    Thread ending = Thread.ofPlatform().daemon().name("orrery-pva-client-end").start(this::end);
    try {
      if (!ending.join(Duration.ofMillis(CLOSE_WITHIN_MS))) {
        LOG.info("the PVA client still ends its channels while others go on");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until the worker has ended every channel, however long that takes. The library's own end
   * of its channels holds a lock that the end of a single channel takes in the other order.
   */
  private void end() {
    try {
      while (!worker.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.debug("waiting for the end of channels");
      }
      context.dispose();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
