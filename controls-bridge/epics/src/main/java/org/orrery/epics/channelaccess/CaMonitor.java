package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJChannel;
import gov.aps.jca.CAException;
import gov.aps.jca.CAStatus;
import gov.aps.jca.Monitor;
import gov.aps.jca.dbr.DBR;
import gov.aps.jca.dbr.DBRType;
import gov.aps.jca.event.GetEvent;
import gov.aps.jca.event.MonitorEvent;
import gov.aps.jca.event.MonitorListener;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription. Thread-safe. On each connection it asks for the PV's description and then for
 * its updates, in the type that the PV has there.
 */
final class CaMonitor implements LinkUser, PvSubscription {
  private static final Logger LOG = LoggerFactory.getLogger(CaMonitor.class);

  private final String address;
  private final PvListener listener;
  private final ClientCounters counters;
  private final Consumer<CaMonitor> onClose;
  private final Delivery delivery = new Delivery();
  private volatile boolean closed;
  private volatile String server = "";
  private volatile @Nullable Session current;

  CaMonitor(
      String address, PvListener listener, ClientCounters counters, Consumer<CaMonitor> onClose) {
    this.address = address;
    this.listener = listener;
    this.counters = counters;
    this.onClose = onClose;
  }

  @Override
  public void connected(CaLink link) {
    Session session = current;
    if (closed || (session != null && session.link == link)) {
      return;
    }
    Session next = new Session(link);
    current = next;
    link.server().ifPresent(address -> server = address);
    next.begin();
  }

  @Override
  public void disconnected(CaLink link) {
    Session session = current;
    if (session != null && session.link == link) {
      session.end();
    }
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public boolean isConnected() {
    Session session = current;
    return session != null && session.told && !session.ended;
  }

  @Override
  public String server() {
    return server;
  }

  /** Always zero: the protocol does not mark what replaced something else. */
  @Override
  public long overruns() {
    return 0;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    Session last = current;
    if (last != null) {
      last.end();
    }
    onClose.accept(this);
  }

  /** One connection's subscription. */
  private final class Session implements MonitorListener {
    private final CaLink link;
    private volatile boolean ended;
    private volatile boolean told;
    private @Nullable Monitor monitor;
    private boolean answered;
    private volatile PvMetadata metadata = DbrReader.bareMetadata(ValueKind.DOUBLE);

    Session(CaLink link) {
      this.link = link;
    }

    void begin() {
      guardedly(
          channel -> {
            DBRType type = channel.getFieldType();
            int count = channel.getElementCount();
            Optional<ValueKind> kind = DbrReader.kind(type, count);
            if (kind.isEmpty()) {
              refuse("its value is of a kind that is not read: " + count + " " + type.getName());
            } else if (DbrReader.bytes(type, count) > link.context().getMaxArrayBytes()) {
              refuse(
                  "its array of %d bytes is larger than the %d that are accepted"
                      .formatted(DbrReader.bytes(type, count), link.context().getMaxArrayBytes()));
            } else {
              ask(channel, kind.get());
            }
          });
    }

    private void ask(CAJChannel channel, ValueKind kind) throws CAException {
      metadata = DbrReader.bareMetadata(kind);
      Optional<DBRType> description = DbrReader.descriptionType(kind);
      if (description.isPresent()) {
        channel.get(description.get(), 1, answer -> described(kind, answer));
      } else {
        subscribe(channel);
      }
    }

    private void described(ValueKind kind, GetEvent answer) {
      DBR description = answer.getDBR();
      if (answer.getStatus() != CAStatus.NORMAL || description == null) {
        refuse("it does not describe itself: " + answer.getStatus());
        return;
      }
      metadata = DbrReader.metadata(kind, description);
      guardedly(this::subscribe);
    }

    private void subscribe(CAJChannel channel) throws CAException {
      if (ended) {
        return;
      }
      int count = channel.getElementCount() == 1 ? 1 : 0;
      Monitor asked =
          channel.addMonitor(
              DbrReader.stateType(channel.getFieldType()),
              count,
              Monitor.VALUE | Monitor.ALARM,
              this);
      link.monitorAsked();
      boolean late;
      synchronized (this) {
        monitor = asked;
        late = ended && answered;
      }
      if (late) {
        clear(asked);
      }
    }

    private void guardedly(CaLink.Step step) {
      try {
        if (!ended) {
          link.perform(step);
        }
      } catch (CAException | IllegalStateException | IllegalArgumentException failed) {
        refuse("the library refuses: " + failed.getMessage());
      }
    }

    private void refuse(String why) {
      if (!ended) {
        delivery.withoutWaiting(() -> guarded("onRefused", () -> listener.onRefused(why)));
      }
    }

    @Override
    public void monitorChanged(MonitorEvent event) {
      boolean first;
      Monitor late;
      synchronized (this) {
        first = !answered;
        answered = true;
        late = ended && first ? monitor : null;
      }
      if (first) {
        if (late != null) {
          clear(late);
        }
        link.monitorAnswered();
      }
      DBR state = event.getDBR();
      if (event.getStatus() != CAStatus.NORMAL || state == null) {
        refuse("it sends no updates: " + event.getStatus());
      } else {
        delivery.inTurn(() -> take(state));
      }
    }

    private void take(DBR state) {
      if (ended) {
        return;
      }
      PvUpdate update = DbrReader.update(state, metadata, !told);
      if (!told) {
        told = true;
        counters.connected.increment();
        guarded("onConnected", () -> listener.onConnected(metadata));
      }
      counters.updates.increment();
      guarded("onUpdate", () -> listener.onUpdate(update));
    }

    /** The library's end of a subscription must not overtake its begin: see {@link CaLink}. */
    void end() {
      Monitor running;
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
        running = answered ? monitor : null;
      }
      delivery.withoutWaiting(this::tellEnd);
      if (running != null) {
        clear(running);
      }
    }

    private void tellEnd() {
      if (told) {
        counters.connected.decrement();
        if (!closed) {
          guarded("onDisconnected", listener::onDisconnected);
        }
      }
    }

    /** Elsewhere: a server that does not read keeps whoever sends to it. */
    private void clear(Monitor running) {
      Thread.ofVirtual()
          .name("orrery-ca-clear")
          .start(
              () -> {
                try {
                  running.clear();
                } catch (CAException | IllegalStateException already) {
                  LOG.debug("{} had ended: {}", address, already.getMessage());
                }
              });
    }
  }

  /** An exception of the listener must not reach the library, which prints it. */
  private void guarded(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException bug) {
      LOG.error("listener of {} failed in {}", address, what, bug);
    }
  }
}
