package org.orrery.contract.history;

import org.orrery.contract.facility.ChannelId;

/**
 * Asks for the past of a channel.
 *
 * @param channel which channel
 * @param fromNs first plant time, inclusive
 * @param toNs last plant time, exclusive
 * @param resolution how much detail
 */
public record HistoryQuery(ChannelId channel, long fromNs, long toNs, Resolution resolution) {
  /** How much detail is wanted. */
  public sealed interface Resolution {
    /** Every sample, at most {@code limit} of them, the first ones. */
    record Raw(int limit) implements Resolution {}

    /**
     * Minimum, maximum, mean, deviation and last by interval of plant time, ns. Whole minutes are
     * answered from roll-ups, which outlive the samples; other lengths from the samples.
     */
    record Interval(long intervalNs) implements Resolution {}

    /** About so many points, raw where fewer exist. */
    record Optimised(int points) implements Resolution {}
  }
}
