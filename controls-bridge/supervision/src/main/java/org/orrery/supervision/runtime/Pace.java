package org.orrery.supervision.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;

/**
 * Waits out the shortest interval between two writes instead of having the gate refuse the second:
 * a plan of many writes to one device, or an undo right after its write, is no haste that a person
 * must look at. The gate goes on judging; this only makes the plan patient. For one context; not
 * thread-safe.
 */
final class Pace {
  /** The gate counts from when it wrote, and clocks are read one after the other. */
  private static final long MARGIN_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Facility facility;
  private final Map<String, Long> lastNs = new HashMap<>();

  Pace(Facility facility) {
    this.facility = facility;
  }

  /** A write ended, however. */
  void wrote(ChannelId channel, long wallNs) {
    lastNs.put("channel " + channel, wallNs);
    facility.channel(channel).ifPresent(c -> lastNs.put("device " + c.device(), wallNs));
  }

  /** How long the next write to a channel should wait, wall ns; 0 for not at all. */
  long waitNs(ChannelId id, long wallNs) {
    Optional<Channel> channel = facility.channel(id);
    if (channel.isEmpty()) {
      return 0;
    }
    String device = channel.get().device();
    long own = channel.get().writable().map(Writable::minIntervalNs).orElse(0L);
    long all =
        Optional.ofNullable(facility.deviceLimits().get(device))
            .map(DeviceLimits::minIntervalNs)
            .orElse(0L);
    return Math.max(left("channel " + id, own, wallNs), left("device " + device, all, wallNs));
  }

  private long left(String what, long intervalNs, long wallNs) {
    Long last = lastNs.get(what);
    return last == null || intervalNs <= 0
        ? 0
        : Math.max(0, last + intervalNs + MARGIN_NS - wallNs);
  }
}
