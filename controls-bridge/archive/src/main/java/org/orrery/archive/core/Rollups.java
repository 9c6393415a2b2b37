package org.orrery.archive.core;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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
   * deadlock. Samples in any order; quickest where those of a channel's minute come one after the
   * other.
   */
  public static Map<Key, Rollup> byMinute(Collection<Sample> samples) {
    Map<Key, Rollup> rollups = new TreeMap<>();
    @Nullable Key at = null;
    @Nullable Rollup folded = null;
    for (Sample sample : samples) {
      Key key =
          new Key(sample.channel(), Reduction.startOf(sample.sourceTimeNs(), Rollup.MINUTE_NS));
      Rollup one = Rollup.of(sample);
      if (at != null && folded != null && at.equals(key)) {
        folded = folded.merge(one);
      } else {
        put(rollups, at, folded);
        at = key;
        folded = one;
      }
    }
    put(rollups, at, folded);
    return rollups;
  }

  private static void put(Map<Key, Rollup> rollups, @Nullable Key key, @Nullable Rollup folded) {
    if (key != null && folded != null) {
      rollups.merge(key, folded, Rollup::merge);
    }
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
