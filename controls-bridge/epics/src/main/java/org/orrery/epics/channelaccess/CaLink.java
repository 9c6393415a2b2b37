package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJChannel;
import com.cosylab.epics.caj.CAJContext;
import com.cosylab.epics.caj.impl.CATransport;
import gov.aps.jca.CAException;
import gov.aps.jca.Channel;
import gov.aps.jca.event.ConnectionEvent;
import gov.aps.jca.event.ConnectionListener;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of one PV: a channel of the library that is given up when its connection is lost.
 * The library would connect the same channel again and renew its subscriptions by itself, in the
 * type that the PV used to have, and while it does a write would go to whatever has the old
 * channel's number on the new connection. Thread-safe.
 *
 * <p>The library calls with the lock of its channel held; from there everything goes to the event
 * thread, so that no lock is held while a listener is called.
 */
final class CaLink implements ConnectionListener {
  private static final Logger LOG = LoggerFactory.getLogger(CaLink.class);

  /** Something that is asked of the library. */
  interface Step {
    void on(CAJChannel channel) throws CAException;
  }

  private final String name;
  private final CaContext context;
  private final Executor events;
  private final CaPv pv;
  private volatile @Nullable CAJChannel channel;
  private volatile boolean lost;
  private volatile @Nullable CATransport silent;
  private int unansweredMonitors;
  private boolean endsOnAnswer;

  CaLink(String name, CaContext context, Executor events, CaPv pv) {
    this.name = name;
    this.context = context;
    this.events = events;
    this.pv = pv;
  }

  /** Begins to search. On the event thread, before anything else is called. */
  void open() {
    try {
      channel = (CAJChannel) context.createChannel(name, this, Channel.PRIORITY_DEFAULT);
    } catch (CAException | IllegalStateException failed) {
      LOG.warn("{} cannot be searched for: {}", name, failed.getMessage());
    }
  }

  @Override
  public void connectionChanged(ConnectionEvent event) {
    if (event.isConnected()) {
      if (!lost) {
        events.execute(() -> pv.connected(this));
      }
      return;
    }
    if (CaContext.isReportingSilence()) {
      silent = ((CAJChannel) event.getSource()).getTransport();
    }
    lost = true;
    events.execute(() -> pv.lost(this));
  }

  /**
   * Does something on the connection, unless it is lost by now.
   *
   * @return false when it is lost and nothing was done
   */
  boolean perform(Step step) throws CAException {
    CAJChannel here = channel;
    if (here == null) {
      return false;
    }
    synchronized (here) {
      if (lost || here.getConnectionState() != Channel.CONNECTED) {
        return false;
      }
      step.on(here);
    }
    flush(here);
    return true;
  }

  private static void flush(CAJChannel channel) {
    CATransport transport = channel.getTransport();
    if (transport != null) {
      transport.flush();
    }
  }

  /** A subscription was asked for. */
  synchronized void monitorAsked() {
    unansweredMonitors++;
  }

  /** The first answer of a subscription came. */
  void monitorAnswered() {
    synchronized (this) {
      unansweredMonitors--;
      if (unansweredMonitors > 0 || !endsOnAnswer) {
        return;
      }
    }
    events.execute(this::destroy);
  }

  /**
   * Gives it up, on the event thread. The library queues a request to subscribe but sends the end
   * of a subscription at once: an end that overtakes makes a server drop the whole connection. So
   * it waits for the answer to each subscription.
   */
  void end() {
    CATransport dead = silent;
    if (dead != null) {
      CaContext.abort(dead);
    }
    synchronized (this) {
      if (unansweredMonitors > 0 && !lost) {
        endsOnAnswer = true;
        return;
      }
    }
    destroy();
  }

  /** Elsewhere: a server that does not read keeps whoever sends to it. */
  private void destroy() {
    CAJChannel here = channel;
    if (here != null) {
      Thread.ofVirtual().name("orrery-ca-end").start(() -> destroy(here));
    }
  }

  private void destroy(CAJChannel here) {
    try {
      CATransport transport = here.getTransport();
      here.destroy(true);
      if (transport != null) {
        transport.flush();
      }
    } catch (CAException | IllegalStateException already) {
      LOG.debug("{} had ended: {}", name, already.getMessage());
    }
  }

  /** The server's address, {@code host:port}; empty when the connection is lost by now. */
  Optional<String> server() {
    CAJChannel here = channel;
    CATransport transport = here == null ? null : here.getTransport();
    if (transport == null) {
      return Optional.empty();
    }
    InetSocketAddress address = transport.getRemoteAddress();
    return Optional.of(address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /** The library's client, for its limits. */
  CAJContext context() {
    return context;
  }
}
