package org.orrery.epics.pvaccess;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.epics.pvaccess.client.Channel;
import org.epics.pvdata.monitor.Monitor;
import org.epics.pvdata.monitor.MonitorElement;
import org.epics.pvdata.monitor.MonitorRequester;
import org.epics.pvdata.pv.MessageType;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.PVUnion;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription. Thread-safe. Each connection of the channel has a monitor of its own, so
 * nothing stale lives on.
 */
final class ClientMonitor implements ChannelUser, PvSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(ClientMonitor.class);

  private final String address;
  private final PvListener listener;
  private final PVStructure request;
  private final ClientCounters counters;
  private final ObjIntConsumer<ClientMonitor> onEnded;
  private final Consumer<ClientMonitor> onClose;
  private final AtomicLong overruns = new AtomicLong();
  private volatile boolean closed;
  private volatile String server = "";
  private @Nullable Connection current;

  /**
   * @param request only read, so that all subscriptions may share one
   * @param onEnded told of a connection, by its epoch, on which the server ended the subscription
   */
  ClientMonitor(
      String address,
      PvListener listener,
      PVStructure request,
      ClientCounters counters,
      ObjIntConsumer<ClientMonitor> onEnded,
      Consumer<ClientMonitor> onClose) {
    this.address = address;
    this.listener = listener;
    this.request = request;
    this.counters = counters;
    this.onEnded = onEnded;
    this.onClose = onClose;
  }

  @Override
  public void connected(Channel channel, int epoch) {
    Connection next;
    Connection previous;
    synchronized (this) {
      if (closed || (current != null && current.epoch >= epoch)) {
        return;
      }
      previous = current;
      next = new Connection(epoch);
      current = next;
    }
    if (previous != null) {
      previous.end();
    }
    server = addressOf(channel);
    next.begin(channel);
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
    ended.end();
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public synchronized boolean isConnected() {
    return current != null && current.metadata != null && !current.ended;
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
      last.end();
    }
    onClose.accept(this);
  }

  /** The library writes a socket address, such as {@code /127.0.0.1:5075}. */
  private static String addressOf(Channel channel) {
    String told = String.valueOf(channel.getRemoteAddress());
    return told.substring(told.indexOf('/') + 1);
  }

  /**
   * One connection's monitor; its callbacks come from that connection's receive thread, one at a
   * time.
   */
  private final class Connection implements MonitorRequester, Refusable {
    private final int epoch;
    private @Nullable Monitor monitor;
    private volatile @Nullable PvMetadata metadata;
    private volatile boolean ended;
    private boolean awaiting;
    private DescriptionBits description = DescriptionBits.NONE;

    Connection(int epoch) {
      this.epoch = epoch;
    }

    void begin(Channel channel) {
      Monitor created = channel.createMonitor(this, request);
      boolean late;
      synchronized (this) {
        monitor = created;
        late = ended;
      }
      if (late && created != null) {
        created.destroy();
      }
    }

    void end() {
      Monitor ours;
      boolean told;
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
        ours = monitor;
        told = metadata != null;
      }
      if (ours != null) {
        ours.destroy();
      }
      if (told) {
        counters.connected.decrement();
        if (!closed) {
          guarded("onDisconnected", listener::onDisconnected);
        }
      }
    }

    @Override
    public void monitorConnect(Status status, Monitor connected, @Nullable Structure structure) {
      if (ended) {
        return;
      }
      if (!status.isSuccess()) {
        guarded("onRefused", () -> listener.onRefused(Statuses.messageOf(status)));
        return;
      }
      connected.start();
    }

    @Override
    public void monitorEvent(Monitor source) {
      for (MonitorElement element = source.poll(); element != null; element = source.poll()) {
        try {
          if (!ended) {
            take(element);
          }
        } catch (RuntimeException unreadable) {
          // Further up it would end the thread that reads all PVs of this server.
          LOG.warn("{} cannot be read", address, unreadable);
          refuse("its value cannot be read");
        } finally {
          LargeFields.drop(element.getPVStructure());
          source.release(element);
        }
      }
    }

    @Override
    public void refuse(String why) {
      end();
      guarded("onRefused", () -> listener.onRefused(why));
    }

    private void take(MonitorElement element) {
      PVStructure state = element.getPVStructure();
      boolean first = metadata == null;
      if (first || description.areIn(element.getChangedBitSet())) {
        describe(state);
      }
      PvMetadata known = metadata;
      if (ended || known == null) {
        return;
      }
      tell(UpdateDecoder.update(state, known, first, element.getOverrunBitSet()));
    }

    /** Tells what the PV says about itself, where that is something new. */
    private void describe(PVStructure state) {
      PvMetadata before = metadata;
      PvMetadata now = UpdateDecoder.metadata(state).orElse(null);
      if (now == null && before == null && state.getSubField("value") instanceof PVUnion) {
        awaitValue();
        return;
      }
      if (now == null && before == null) {
        guarded("onRefused", () -> listener.onRefused("its value is of a kind that is not read"));
        end();
        return;
      }
      if (now == null || now.equals(before)) {
        return;
      }
      synchronized (this) {
        if (ended) {
          return;
        }
        metadata = now;
        if (before == null) {
          counters.connected.increment();
        }
      }
      if (before == null) {
        description = DescriptionBits.of(state);
        guarded("onConnected", () -> listener.onConnected(now));
      } else {
        guarded("onMetadataChanged", () -> listener.onMetadataChanged(now));
      }
    }

    /** A camera's PV holds no image before the first one is taken. */
    private void awaitValue() {
      if (!awaiting) {
        awaiting = true;
        guarded("onRefused", () -> listener.onRefused("it holds no value that is read, so far"));
      }
    }

    private void tell(PvUpdate update) {
      counters.updates.increment();
      if (update.lostBefore() > 0) {
        overruns.incrementAndGet();
        counters.overruns.increment();
      }
      guarded("onUpdate", () -> listener.onUpdate(update));
    }

    @Override
    public void unlisten(Monitor source) {
      if (!ended) {
        end();
        onEnded.accept(ClientMonitor.this, epoch);
      }
    }

    @Override
    public String getRequesterName() {
      return address;
    }

    @Override
    public void message(String message, MessageType type) {
      LOG.debug("{}: {} {}", address, type, message);
    }
  }

  /** An exception of the listener must not reach the library: it would drop the connection. */
  private void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException bug) {
      LOG.error("listener of {} failed in {}", address, what, bug);
    }
  }
}
