package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJChannel;
import gov.aps.jca.CAException;
import gov.aps.jca.CAStatus;
import gov.aps.jca.Monitor;
import gov.aps.jca.dbr.DBR;
import gov.aps.jca.dbr.DBRType;
import gov.aps.jca.event.AccessRightsEvent;
import gov.aps.jca.event.GetEvent;
import gov.aps.jca.event.MonitorEvent;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.adapter.ClientCounters;
import org.orrery.epics.adapter.Delivery;
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
    Session next;
    synchronized (this) {
      Session session = current;
      if (closed || (session != null && session.link == link)) {
        return;
      }
      next = new Session(link);
      current = next;
    }
    link.server().ifPresent(address -> server = address);
    next.guardedly(channel -> channel.addAccessRightsListener(rights -> heard(link, rights)));
    next.begin();
  }

  /** The library calls with the lock of its channel held. */
  private void heard(CaLink link, AccessRightsEvent rights) {
    if (rights.getReadAccess()) {
      Thread.ofVirtual().name("orrery-ca-renew").start(() -> renew(link));
    }
  }

  /** Subscribes anew on a connection whose server refused it and grants it now. */
  private void renew(CaLink link) {
    Session refused;
    Session next;
    synchronized (this) {
      refused = current;
      if (closed || refused == null || refused.link != link || !refused.refused) {
        return;
      }
      next = new Session(link);
      current = next;
    }
    refused.end();
    next.begin();
    if (closed) {
      next.end();
    }
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

  /** One connection's subscription: one feed of states, and one of descriptions. */
  private final class Session {
    private final CaLink link;
    private final CaFeed states;
    private final CaFeed descriptions;
    private volatile boolean ended;
    private volatile boolean told;
    private volatile boolean refused;
    private volatile PvMetadata metadata = DbrReader.bareMetadata(ValueKind.DOUBLE);
    private @Nullable PvUpdate last;

    Session(CaLink link) {
      this.link = link;
      this.states = new CaFeed(link, address, this::stateCame);
      this.descriptions = new CaFeed(link, address, this::descriptionCame);
    }

    void begin() {
      guardedly(
          channel -> {
            if (!channel.getReadAccess()) {
              refused = true; // before the right can come, which takes the lock of the channel
              refuse("its server does not let us read it");
              return;
            }
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
        refused = true;
        refuse("it does not describe itself: " + answer.getStatus());
        return;
      }
      metadata = DbrReader.metadata(kind, description);
      guardedly(this::subscribe);
    }

    /**
     * The first event of the descriptions closes the gap since the description was read. A server
     * that is too old to tell of changes says so, and the states come all the same.
     */
    private void subscribe(CAJChannel channel) throws CAException {
      if (ended) {
        return;
      }
      Optional<DBRType> description = DbrReader.descriptionType(metadata.kind());
      if (description.isPresent()) {
        descriptions.begin(channel, description.get(), 1, Monitor.PROPERTY);
      }
      states.begin(
          channel,
          DbrReader.stateType(channel.getFieldType()),
          channel.getElementCount() == 1 ? 1 : 0,
          Monitor.VALUE | Monitor.ALARM);
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

    /** It sends nothing any more: the library ends a subscription that is answered so. */
    private void takenAway(String why) {
      if (ended) {
        return;
      }
      refused = true;
      if (told) {
        told = false;
        counters.connected.decrement();
        guarded("onDisconnected", listener::onDisconnected);
      }
      guarded("onRefused", () -> listener.onRefused(why));
    }

    private void refuse(String why) {
      if (!ended) {
        delivery.withoutWaiting(() -> guarded("onRefused", () -> listener.onRefused(why)));
      }
    }

    private void stateCame(MonitorEvent event) {
      if (event.getStatus() != CAStatus.NORMAL) {
        delivery.inTurn(() -> takenAway("it sends no updates: " + event.getStatus()));
      } else {
        delivery.inTurn(() -> take(event.getDBR()));
      }
    }

    private void take(@Nullable DBR state) {
      if (ended) {
        return;
      }
      PvUpdate before = last;
      Optional<PvUpdate> update = DbrReader.update(state, metadata, !told);
      if (update.isPresent()) {
        tell(update.get());
      } else if (before != null) {
        tell(DbrReader.withoutValue(state, before));
      } else {
        refuse("its update holds no value");
      }
    }

    private void tell(PvUpdate update) {
      last = update;
      if (!told) {
        told = true;
        counters.connected.increment();
        guarded("onConnected", () -> listener.onConnected(metadata));
      }
      counters.updates.increment();
      guarded("onUpdate", () -> listener.onUpdate(update));
    }

    private void descriptionCame(MonitorEvent event) {
      DBR description = event.getDBR();
      if (event.getStatus() != CAStatus.NORMAL || description == null) {
        LOG.info("{} does not tell of changes of its limits: {}", address, event.getStatus());
      } else {
        delivery.inTurn(() -> redescribe(DbrReader.metadata(metadata.kind(), description)));
      }
    }

    private void redescribe(PvMetadata now) {
      if (ended || now.equals(metadata)) {
        return;
      }
      metadata = now;
      if (told) {
        guarded("onMetadataChanged", () -> listener.onMetadataChanged(now));
      }
    }

    void end() {
      synchronized (this) {
        if (ended) {
          return;
        }
        ended = true;
      }
      delivery.withoutWaiting(this::tellEnd);
      states.end();
      descriptions.end();
    }

    private void tellEnd() {
      if (told) {
        counters.connected.decrement();
        if (!closed) {
          guarded("onDisconnected", listener::onDisconnected);
        }
      }
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
