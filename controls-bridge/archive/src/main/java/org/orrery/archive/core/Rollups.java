package org.orrery.archive.core;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;

/** Folds samples into roll-ups by channel and interval of plant time. Stateless. */
public final class Rollups {
  private Rollups() {}

  /**
   * Where a roll-up belongs.
   *
   * @param channel which channel
   * @param startNs start of the interval, plant ns
   */
  public record Key(ChannelId channel, long startNs) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byChannel = channel.compareTo(other.channel);
      return byChannel != 0 ? byChannel : Long.compare(startNs, other.startNs);
    }
  }

  /**
   * The roll-ups of the samples by the minute, sorted: writers that lock in one order do not
   * deadlock.
   */
  public static Map<Key, Rollup> byMinute(Collection<Sample> samples) {
    Map<Key, Rollup> rollups = new TreeMap<>();
    for (Sample sample : samples) {
      rollups.merge(
          new Key(sample.channel(), Reduction.startOf(sample.sourceTimeNs(), Rollup.MINUTE_NS)),
          Rollup.of(sample),
          Rollup::merge);
    }
    return rollups;
  }

  /** The same by the hour, sorted. */
  public static Map<Key, Rollup> byHour(Map<Key, Rollup> minutes) {
    Map<Key, Rollup> hours = new TreeMap<>();
    minutes.forEach(
        (key, rollup) ->
            hours.merge(
                new Key(key.channel(), Reduction.startOf(key.startNs(), Rollup.HOUR_NS)),
                rollup,
                Rollup::merge));
    return hours;
  }
}
