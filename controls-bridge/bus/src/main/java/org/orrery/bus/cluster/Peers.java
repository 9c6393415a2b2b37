package org.orrery.bus.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who else is there, by what they say about themselves every two seconds. Thread-safe; the listener
 * is called on the thread that tells.
 */
final class Peers {
  /** Silence after which a process counts as away, wall ns. */
  static final long MOST_SILENCE_NS = 8_000_000_000L;

  /** What becomes of others. */
  interface Listener {
    /** It is there, for the first time or again. */
    void joined(Identity peer);

    /** It said nothing for too long, or is no member any longer. */
    void left(Identity peer);

    /** It was started anew before it was missed; whatever its earlier life was asked is lost. */
    void startedAnew(Identity earlier);

    /** It cannot work with us. */
    void refused(Identity peer, String why);

    /** It runs roles that we run too. */
    void twice(Identity peer, Set<String> roles);
  }

  private record Seen(Identity peer, long atNs, boolean fits) {}

  private final Identity self;
  private final Listener listener;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  Peers(Identity self, Listener listener) {
    this.self = self;
    this.listener = listener;
  }

  /** Somebody said who it is. */
  synchronized void heard(Identity peer, long nowNs) {
    if (peer.id().equals(self.id())) {
      return;
    }
    Optional<String> conflict = self.conflict(peer);
    Set<String> shared = self.shared(peer);
    Seen before = seen.put(peer.id(), new Seen(peer, nowNs, conflict.isEmpty()));
    if (!shared.isEmpty()) {
      listener.twice(peer, shared);
    }
    if (before == null) {
      forgetEarlierLife(peer);
      conflict.ifPresentOrElse(why -> listener.refused(peer, why), () -> listener.joined(peer));
    }
  }

  /** A process that started again is not told as away besides. */
  private void forgetEarlierLife(Identity peer) {
    for (Seen other : List.copyOf(seen.values())) {
      if (!other.peer().id().equals(peer.id()) && other.peer().name().equals(peer.name())) {
        seen.remove(other.peer().id());
        listener.startedAnew(other.peer());
      }
    }
  }

  /** The membership has lost it, which tells sooner than silence where a process was killed. */
  synchronized void gone(String id) {
    Seen other = seen.remove(id);
    if (other != null) {
      listener.left(other.peer());
    }
  }

  /** Call about once a second. */
  synchronized void tick(long nowNs) {
    for (Seen other : List.copyOf(seen.values())) {
      if (nowNs - other.atNs() > MOST_SILENCE_NS) {
        seen.remove(other.peer().id());
        listener.left(other.peer());
      }
    }
  }

  /** Those with whom we work. */
  Collection<Identity> present() {
    return seen.values().stream().filter(Seen::fits).map(Seen::peer).toList();
  }

  boolean isPresent(String id) {
    Seen other = seen.get(id);
    return other != null && other.fits();
  }
}
