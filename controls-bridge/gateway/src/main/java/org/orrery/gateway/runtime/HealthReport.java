package org.orrery.gateway.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.health.RoomHealth.Status;
import org.orrery.contract.time.WallClock;

/**
 * Sums the gateway up in one line for people, and says when to repeat it. Confined to the gateway's
 * context.
 */
final class HealthReport {
  private static final long REPEAT_NS = 10_000_000_000L;

  private final WallClock clock;
  private @Nullable RoomHealth last;
  private long toldNs;

  HealthReport(WallClock clock) {
    this.clock = clock;
  }

  /**
   * How the gateway is.
   *
   * @param channels how many channels are in each state
   * @param journal why the journal takes nothing, if so
   * @param others what else is wrong
   */
  RoomHealth of(Map<Link, Integer> channels, Optional<String> journal, List<String> others) {
    int all = channels.values().stream().mapToInt(Integer::intValue).sum();
    int away = channels.getOrDefault(Link.DISCONNECTED, 0);
    int stale = channels.getOrDefault(Link.STALE, 0);
    int mismatched = channels.getOrDefault(Link.MISMATCH, 0);
    List<String> complaints = new ArrayList<>();
    count(complaints, away, all, "not connected; see to their servers");
    count(complaints, stale, all, "silent");
    count(
        complaints,
        mismatched,
        all,
        "not as the facility description says; correct one of the two");
    journal.ifPresent(complaints::add);
    complaints.addAll(others);
    Status status =
        complaints.isEmpty() ? Status.UP : away == all && all > 0 ? Status.DOWN : Status.DEGRADED;
    String detail = String.join("; ", complaints);
    RoomHealth before = last;
    long sinceNs = before != null && before.status() == status ? before.sinceNs() : clock.nowNs();
    return new RoomHealth("gateway", status, detail, sinceNs);
  }

  /** True where this is to be published: it is new, or the last one was long ago. */
  boolean due(RoomHealth health) {
    long nowNs = clock.nowNs();
    if (health.equals(last) && nowNs - toldNs < REPEAT_NS) {
      return false;
    }
    last = health;
    toldNs = nowNs;
    return true;
  }

  private static void count(List<String> complaints, int some, int all, String what) {
    if (some > 0) {
      complaints.add(some + " of " + all + " channels are " + what);
    }
  }
}
