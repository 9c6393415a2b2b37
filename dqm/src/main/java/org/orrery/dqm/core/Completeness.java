package org.orrery.dqm.core;

import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;

/**
 * On which share of the expected readings a verdict rests: channels that have spoken within three
 * of their cadences, times what the twin's feed let through of late. Not thread-safe.
 */
public final class Completeness {
  private static final double CADENCES = 3;
  private static final double LEAST_AGE_NS = 30e9;

  private final Facility facility;
  private @Nullable LossCount before;
  private double let = 1;

  /** Nothing is lost yet. */
  public Completeness(Facility facility) {
    this.facility = facility;
  }

  /** Takes the newest count of the twin's feed; counts only go up while a process lives. */
  public void count(LossCount now) {
    LossCount last = before;
    before = now;
    if (last == null || now.in() < last.in()) {
      let = now.completeness();
      return;
    }
    long gone = now.squashed() - last.squashed() + now.dropped() - last.dropped();
    long went = now.out() - last.out();
    let = gone + went <= 0 ? 1 : Math.clamp((double) went / (gone + went), 0, 1);
  }

  /** The share, 0 to 1. */
  public double of(TwinState state) {
    if (state.channels().isEmpty()) {
      return let;
    }
    long fresh = state.channels().stream().filter(channel -> fresh(channel, state.atNs())).count();
    return let * fresh / state.channels().size();
  }

  private boolean fresh(ChannelEstimate channel, long nowNs) {
    long cadenceNs = facility.channel(channel.channel()).map(Channel::cadenceNs).orElse(0L);
    if (cadenceNs == 0) {
      // It speaks on change only; silence says nothing.
      return channel.measured().isPresent();
    }
    return channel.measured().isPresent()
        && nowNs - channel.measuredAtNs() <= Math.max(LEAST_AGE_NS, CADENCES * cadenceNs);
  }
}
