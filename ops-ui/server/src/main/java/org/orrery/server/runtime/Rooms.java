package org.orrery.server.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.health.RoomHealth.Status;

/**
 * How the rooms are, by what they said and by how long they have said nothing: a room that died
 * cannot say so itself. Not thread-safe: the server's event loop owns it.
 */
final class Rooms {
  /** Every room repeats its health at least every 10 s; three are missed by then. */
  static final long SILENT_NS = 30_000_000_000L;

  private static final long SECOND_NS = 1_000_000_000L;

  private final Map<String, Heard> heard = new TreeMap<>();
  private final long startNs;

  /** What a room said last, and when it was heard; wall ns. */
  private record Heard(RoomHealth health, long atNs) {}

  /**
   * @param expected the rooms that must be heard
   * @param startNs since when this listens, wall ns
   */
  Rooms(Set<String> expected, long startNs) {
    this.startNs = startNs;
    for (String room : expected) {
      heard.put(room, new Heard(neverHeard(room), Long.MIN_VALUE));
    }
  }

  void heard(RoomHealth health, long nowNs) {
    heard.put(health.room(), new Heard(health, nowNs));
  }

  /** How every room is now, by name. */
  List<RoomHealth> at(long nowNs) {
    return heard.values().stream().map(h -> judged(h, nowNs)).toList();
  }

  /** True where every expected room was heard lately and none is down. */
  boolean ready(long nowNs) {
    return !heard.isEmpty() && at(nowNs).stream().noneMatch(h -> h.status() == Status.DOWN);
  }

  private RoomHealth judged(Heard room, long nowNs) {
    if (room.atNs() == Long.MIN_VALUE || nowNs - room.atNs() <= SILENT_NS) {
      return room.health();
    }
    return new RoomHealth(
        room.health().room(),
        Status.DOWN,
        "not heard for "
            + (nowNs - room.atNs()) / SECOND_NS
            + " s; look at its log, then start Orrery again",
        room.atNs());
  }

  private RoomHealth neverHeard(String room) {
    return new RoomHealth(room, Status.DOWN, "not heard since the page's server began", startNs);
  }
}
