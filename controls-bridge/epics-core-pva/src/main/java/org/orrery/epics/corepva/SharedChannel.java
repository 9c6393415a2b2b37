package org.orrery.epics.corepva;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.epics.pva.client.ClientChannelListener;
import org.epics.pva.client.ClientChannelState;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.client.PVAClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PV's channel, shared by its subscriptions, gets, puts and calls: the library would make one
 * on the server for each. Thread-safe. It holds no lock while it calls into the library.
 *
 * <p>A channel that is searched for in vain is exchanged for a new one, which the library searches
 * for at once: its own pauses grow to 30 s, and a channel that is given to a connection in the
 * moment in which that ends is forgotten by both.
 */
final class SharedChannel {
  private static final Logger LOG = LoggerFactory.getLogger(SharedChannel.class);

  private final String name;
  private final PVAClient library;
  private final ServerCheck servers;
  private final Executor worker;
  private final Set<ChannelUser> users = ConcurrentHashMap.newKeySet();
  private @Nullable Life life;
  private int epoch;
  private boolean connected;
  private boolean ended;
  private long searchedSinceNs;

  /**
   * @param servers which servers it may be on
   * @param worker closes library channels: they may not be closed from the library's callbacks
   */
  SharedChannel(String name, PVAClient library, ServerCheck servers, Executor worker) {
    this.name = name;
    this.library = library;
    this.servers = servers;
    this.worker = worker;
  }

  String name() {
    return name;
  }

  void add(ChannelUser user) {
    users.add(user);
  }

  void remove(ChannelUser user) {
    users.remove(user);
  }

  boolean isUnused() {
    return users.isEmpty();
  }

  /** Begins to search, anew if it did before. */
  void search() {
    Life next;
    Life previous;
    synchronized (this) {
      if (ended || connected) {
        return;
      }
      previous = life;
      next = new Life();
      life = next;
      searchedSinceNs = System.nanoTime();
    }
    if (previous != null) {
      previous.retire();
    }
    next.begin();
  }

  /** Drops the connection and searches anew: the server ended a subscription on it. */
  void reconnect() {
    Life previous;
    int lost;
    synchronized (this) {
      if (ended || !connected) {
        return;
      }
      previous = life;
      life = null;
      connected = false;
      lost = epoch;
    }
    if (previous != null) {
      previous.retire();
    }
    users.forEach(user -> user.disconnected(lost));
    search();
  }

  /**
   * Searches anew when it has been searched for in vain.
   *
   * @param longestNs how long a search may go on
   * @param stuckNs how long a server that was found may take to serve it
   */
  boolean searchIfOverdue(long nowNs, long longestNs, long stuckNs) {
    synchronized (this) {
      boolean found = life != null && life.isFound();
      if (ended || connected || nowNs - searchedSinceNs < (found ? stuckNs : longestNs)) {
        return false;
      }
    }
    search();
    return true;
  }

  /** Tells a user that was added late of a connection that is there. */
  void greet(ChannelUser user) {
    PVAChannel present;
    int now;
    synchronized (this) {
      if (!connected || life == null) {
        return;
      }
      present = life.channel;
      now = epoch;
    }
    if (present != null) {
      user.connected(present, now);
    }
  }

  /** Ends the channel; it cannot be used again. */
  void end() {
    Life last;
    synchronized (this) {
      ended = true;
      last = life;
      life = null;
      connected = false;
    }
    if (last != null) {
      last.retire();
    }
  }

  /** One channel of the library. */
  private final class Life implements ClientChannelListener {
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable PVAChannel channel;

    void begin() {
      PVAChannel made = library.getChannel(name, this);
      channel = made;
      synchronized (SharedChannel.this) {
        if (life == this) {
          return;
        }
      }
      retire();
    }

    boolean isFound() {
      PVAChannel ours = channel;
      return ours != null && ours.getState() == ClientChannelState.FOUND;
    }

    @Override
    public void channelStateChanged(PVAChannel changed, ClientChannelState state) {
      channel = changed;
      boolean refused = state == ClientChannelState.CONNECTED && !servers.accepts(changed);
      int before = 0;
      int now = 0;
      synchronized (SharedChannel.this) {
        if (life != this) {
          if (state == ClientChannelState.CONNECTED || state == ClientChannelState.SEARCHING) {
            close(changed);
          }
          return;
        }
        if (refused) {
          return; // nobody is told of it, and it is searched anew
        }
        if (state == ClientChannelState.CONNECTED) {
          connected = true;
          now = ++epoch;
        } else if (connected) {
          connected = false;
          before = epoch;
          searchedSinceNs = System.nanoTime();
        }
      }
      if (now > 0) {
        int fresh = now;
        users.forEach(user -> user.connected(changed, fresh));
      } else if (before > 0) {
        int lost = before;
        users.forEach(user -> user.disconnected(lost));
      }
    }

    /**
     * Has it closed, on the worker, and never while the server is being asked for it: closed in
     * that state it would stay at the server for as long as the connection does. It is then closed
     * when it leaves that state.
     */
    void retire() {
      PVAChannel ours = channel;
      if (ours != null) {
        close(ours);
      }
    }

    private void close(PVAChannel ours) {
      if (!closing.compareAndSet(false, true)) {
        return;
      }
      try {
        worker.execute(
            () -> {
              if (!isFound()) {
                ours.close();
                return;
              }
              closing.set(false);
              if (!isFound()) {
                close(ours);
              }
            });
      } catch (RejectedExecutionException ending) {
        LOG.debug("{} ends with its client", name);
      }
    }
  }
}
