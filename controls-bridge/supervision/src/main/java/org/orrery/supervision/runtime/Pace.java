package org.orrery.supervision.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;

/**
 * Waits out the shortest interval between two writes, and the budgets, instead of having the gate
 * refuse the next one: a plan of many writes to one device, or the way back right after the way
 * there, is no haste that a person must look at. The gate goes on judging; this only makes the plan
 * patient. For one context; not thread-safe.
 */
final class Pace {
  /** The gate counts from when it wrote, and clocks are read one after the other. */
  private static final long MARGIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Facility facility;
  private final long startedNs;
  private final Map<String, Deque<Long>> writesNs = new HashMap<>();

  /**
   * Makes one that knows of no write yet.
   *
   * @param startedNs until when there may have been writes that it does not know of, wall ns
   */
  Pace(Facility facility, long startedNs) {
    this.facility = facility;
    this.startedNs = startedNs;
  }

  /** A write ended, however. */
  void wrote(ChannelId channel, long wallNs) {
    note("channel " + channel, wallNs);
    facility.channel(channel).ifPresent(c -> note("device " + c.device(), wallNs));
  }

  private void note(String what, long wallNs) {
    Deque<Long> writes = writesNs.computeIfAbsent(what, w -> new ArrayDeque<>());
    writes.addLast(wallNs);
    if (writes.size() > WriteBudget.MOST) {
      writes.removeFirst();
    }
  }

  /** How long the next write to a channel should wait, wall ns; 0 for not at all. */
  long waitNs(ChannelId id, long wallNs) {
    Optional<Channel> channel = facility.channel(id);
    if (channel.isEmpty()) {
      return 0;
    }
    Optional<Writable> own = channel.get().writable();
    Optional<DeviceLimits> device =
        Optional.ofNullable(facility.deviceLimits().get(channel.get().device()));
    return Math.max(
        waitNs(
            "channel " + id,
            own.map(Writable::minIntervalNs).orElse(0L),
            own.flatMap(Writable::budget),
            wallNs),
        waitNs(
            "device " + channel.get().device(),
            device.map(DeviceLimits::minIntervalNs).orElse(0L),
            device.flatMap(DeviceLimits::budget),
            wallNs));
  }

  private long waitNs(String what, long intervalNs, Optional<WriteBudget> budget, long wallNs) {
    Deque<Long> writes = writesNs.getOrDefault(what, new ArrayDeque<>());
    long lastNs = writes.isEmpty() ? startedNs : writes.getLast();
    long afterLast = left(lastNs, intervalNs, wallNs);
    long inBudget =
        budget
            .filter(b -> writes.size() >= b.writes())
            .map(b -> left(fromLast(writes, b.writes()), b.perNs(), wallNs))
            .orElse(0L);
    return Math.max(afterLast, inBudget);
  }

  /** The so many-th write counted from the last. */
  private static long fromLast(Deque<Long> writes, int many) {
    Iterator<Long> backwards = writes.descendingIterator();
    long at = backwards.next();
    for (int i = 1; i < many; i++) {
      at = backwards.next();
    }
    return at;
  }

  private static long left(long lastNs, long apartNs, long wallNs) {
    return apartNs <= 0 ? 0 : Math.max(0, lastNs + apartNs + MARGIN_NS - wallNs);
  }
}
