package org.orrery.epics.corepva;

import java.util.BitSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.epics.pva.client.MonitorListener;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.data.PVAStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.adapter.Delivery;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription. Thread-safe. The library forgets its monitors when a connection ends, so each
 * connection gets one of its own here. Never pipelined: a core-pva server would not answer.
 */
final class CoreMonitor implements ChannelUser, PvSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(CoreMonitor.class);

  private final String address;
  private final PvListener listener;
  private final ClientCounters counters;
  private final ScheduledExecutorService worker;
  private final Consumer<CoreMonitor> onClose;
  private final AtomicLong overruns = new AtomicLong();
  private final Delivery delivery = new Delivery();
  private volatile boolean closed;
  private volatile String server = "";
  private volatile @Nullable SharedChannel shared;
  private @Nullable Connection current;

  CoreMonitor(
      String address,
      PvListener listener,
      ClientCounters counters,
      ScheduledExecutorService worker,
      Consumer<CoreMonitor> onClose) {
    this.address = address;
    this.listener = listener;
    this.counters = counters;
    this.worker = worker;
    this.onClose = onClose;
  }

  /** Tells it the channel that it is on. */
  void on(SharedChannel channel) {
    shared = channel;
  }

  @Override
  public void connected(PVAChannel channel, int epoch) {
    Connection next;
    Connection previous;
    synchronized (this) {
      if (closed || (current != null && current.epoch >= epoch)) {
        return;
      }
      previous = current;
      next = new Connection(channel, epoch);
      current = next;
    }
    if (previous != null) {
      previous.end(false);
    }
    String told = channel.getRemoteAddress();
    if (told != null) {
      server = told;
    }
    next.begin();
  }

  @Override
  public void disconnected(int epoch) {
    Connection ended;
    synchronized (this) {
      if (current == null || current.epoch != epoch) {
        return;
      }
      ended = current;
    }
    ended.end(false);
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized boolean isConnected() {
    return current != null && current.told && !current.ended;
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public long overruns() {
    return overruns.get();
  }

  @Override
  public void close() {
    Connection last;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      last = current;
    }
    if (last != null) {
      last.end(true);
    }
    onClose.accept(this);
  }

  /**
   * One connection's monitor; its callbacks come from that connection's receive thread. What is
   * known of the PV is touched in the delivery's turn only.
   */
  private final class Connection implements MonitorListener, PvListener {
    private final PVAChannel channel;
    private final int epoch;
    private final KnownPv known = new KnownPv(this, this::read);
    private final QuietReread reread = new QuietReread(worker, () -> this.ended, this::read);
    private @Nullable AutoCloseable monitor;
    private volatile boolean told;
    private volatile boolean ended;

    Connection(PVAChannel channel, int epoch) {
      this.channel = channel;
      this.epoch = epoch;
    }

    void begin() {
      try {
        AutoCloseable made = channel.subscribe("", this);
        boolean late;
        synchronized (this) {
          monitor = made;
          late = ended && closed;
        }
        if (late) {
          cancel(made);
        }
      } catch (Exception gone) {
        LOG.debug("{} was disconnected before it was subscribed to", address, gone);
      }
    }

    /**
     * @param stillThere whether the connection is; a monitor of a lost one must not be cancelled,
     *     the library would do it on the next connection
     */
    void end(boolean stillThere) {
      AutoCloseable ours;
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
        ours = monitor;
      }
      if (stillThere && ours != null) {
        cancel(ours);
      }
      if (told) {
        counters.connected.decrement();
        delivery.withoutWaiting(this::onDisconnected);
      }
    }

    private void cancel(AutoCloseable ours) {
      try {
        ours.close();
      } catch (Exception gone) {
        LOG.debug("{} was gone before it was cancelled", address, gone);
      }
    }

    @Override
    public void handleMonitor(
        PVAChannel source,
        @Nullable BitSet changes,
        @Nullable BitSet overrun,
        @Nullable PVAStructure data) {
      if (ended) {
        return;
      }
      if (data == null || changes == null) {
        lost();
        return;
      }
      reread.updated();
      boolean merged = overrun != null && !overrun.isEmpty();
      delivery.inTurn(() -> known.update(data, changes, merged));
      if (merged) {
        reread.overrun();
      }
    }

    /** The server ended the subscription; the PV may come back, here or elsewhere. */
    private void lost() {
      end(false);
      SharedChannel channelOfAll = shared;
      if (channelOfAll != null && !closed) {
        channelOfAll.reconnect();
      }
    }

    /**
     * Reads the PV past the monitor; an answer that was under way when an update came is no use.
     */
    private void read() {
      var unused =
          channel
              .read("")
              .whenComplete(
                  (state, failure) -> {
                    if (state != null && !ended) {
                      delivery.withoutWaiting(
                          () -> {
                            if (!known.answer(state)) {
                              reread.overrun();
                            }
                          });
                    }
                  });
    }

    @Override
    public void onConnected(PvMetadata metadata) {
      synchronized (this) {
        if (ended) {
          return;
        }
        told = true;
      }
      counters.connected.increment();
      guarded("onConnected", () -> listener.onConnected(metadata));
    }

    @Override
    public void onMetadataChanged(PvMetadata metadata) {
      if (!ended) {
        guarded("onMetadataChanged", () -> listener.onMetadataChanged(metadata));
      }
    }

    @Override
    public void onUpdate(PvUpdate update) {
      if (ended) {
        return;
      }
      counters.updates.increment();
      if (update.lostBefore() > 0) {
        overruns.incrementAndGet();
        counters.overruns.increment();
      }
      guarded("onUpdate", () -> listener.onUpdate(update));
    }

    @Override
    public void onRefused(String reason) {
      guarded("onRefused", () -> listener.onRefused(reason));
      end(true);
    }

    @Override
    public void onDisconnected() {
      if (!closed) {
        guarded("onDisconnected", listener::onDisconnected);
      }
    }
  }

  /**
   * An exception of the listener must not reach the library: it would take it for a bad message.
   */
  private void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException bug) {
      LOG.error("listener of {} failed in {}", address, what, bug);
    }
  }
}
