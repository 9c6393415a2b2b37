package org.orrery.archive.core;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;

/** Folds samples into roll-ups by channel and minute of plant time. Stateless. */
public final class MinuteRollups {
  private MinuteRollups() {}

  /**
   * Where a roll-up belongs.
   *
   * @param channel which channel
   * @param minuteNs start of the minute, plant ns
   */
  public record Key(ChannelId channel, long minuteNs) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byChannel = channel.compareTo(other.channel);
      return byChannel != 0 ? byChannel : Long.compare(minuteNs, other.minuteNs);
    }
  }

  /** The roll-ups of the samples, sorted: writers that lock in one order do not deadlock. */
  public static Map<Key, Rollup> of(Collection<Sample> samples) {
    Map<Key, Rollup> rollups = new TreeMap<>();
    for (Sample sample : samples) {
      rollups.merge(
          new Key(sample.channel(), Rollup.minuteOf(sample.sourceTimeNs())),
          Rollup.of(sample),
          Rollup::merge);
    }
    return rollups;
  }
}
