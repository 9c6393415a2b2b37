package org.orrery.epics.channelaccess;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A PV that somebody wants, with its present link. Thread-safe; its links change on the event
 * thread only.
 */
final class CaPv {
  private final String name;
  private final CaContext context;
  private final Executor events;
  private final Set<LinkUser> users = ConcurrentHashMap.newKeySet();
  private @Nullable CaLink link;
  private boolean ended;
  private volatile @Nullable CaLink connected;

  CaPv(String name, CaContext context, Executor events) {
    this.name = name;
    this.context = context;
    this.events = events;
  }

  void add(LinkUser user) {
    users.add(user);
  }

  void remove(LinkUser user) {
    users.remove(user);
  }

  boolean isUnused() {
    return users.isEmpty();
  }

  /** The link that is connected now, as far as is known. */
  @Nullable CaLink connected() {
    return connected;
  }

  /** Begins to search. On the event thread. */
  void open() {
    if (!ended) {
      CaLink next = new CaLink(name, context, events, this);
      link = next;
      next.open();
    }
  }

  /** Tells a user that was added late of a connection that is there. On the event thread. */
  void greet(LinkUser user) {
    CaLink present = connected;
    if (present != null && users.contains(user)) {
      user.connected(present);
    }
  }

  void connected(CaLink which) {
    if (which == link && !ended) {
      connected = which;
      users.forEach(user -> user.connected(which));
    }
  }

  /** Told once for each link that was connected. */
  void lost(CaLink which) {
    if (which != link) {
      return;
    }
    connected = null;
    users.forEach(user -> user.disconnected(which));
    which.end();
    link = null;
    open();
  }

  /** Ends the search. On the event thread. */
  void end() {
    ended = true;
    connected = null;
    CaLink last = link;
    link = null;
    if (last != null) {
      last.end();
    }
  }
}
