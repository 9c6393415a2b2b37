package org.orrery.epics.pvaccess;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The clients' channels to one served thing, which end with it. Thread-safe. */
final class ClientChannels {
  private final Set<BareChannel> open = new HashSet<>();
  private boolean ended;

  /** A client has its channel; one that comes after the end is ended at once. */
  void add(BareChannel channel) {
    synchronized (this) {
      if (!ended) {
        open.add(channel);
        return;
      }
    }
    channel.end();
  }

  /** A client has given its channel up. */
  synchronized void remove(BareChannel channel) {
    open.remove(channel);
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** Nothing is served here any more: every client is told so. */
  void end() {
    List<BareChannel> last;
    synchronized (this) {
      ended = true;
      last = List.copyOf(open);
      open.clear();
    }
    last.forEach(BareChannel::end);
  }
}
