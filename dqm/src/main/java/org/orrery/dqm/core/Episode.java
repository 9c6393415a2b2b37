package org.orrery.dqm.core;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.facility.ChannelId;

/** A finding that is on: which channels belong to it and how they stand. Not thread-safe. */
final class Episode {
  /**
   * What is held against a channel: its farthest reading and the likelihood ratio of its deviation,
   * nats.
   */
  record Charge(ChannelMonitor.Sight sight, double nats) {}

  final FindingId id;
  private final Map<ChannelId, Charge> charges = new LinkedHashMap<>();
  private long fromNs;
  private double pValue = 1;
  private long grewNs;
  private long toldNs = Long.MIN_VALUE;
  private double toldPValue = 1;
  private int toldChannels;
  private long quietSinceNs = Long.MIN_VALUE;

  Episode(FindingId id, long fromNs) {
    this.id = id;
    this.fromNs = fromNs;
  }

  boolean holds(ChannelId channel) {
    return charges.containsKey(channel);
  }

  Map<ChannelId, Charge> charges() {
    return charges;
  }

  void charge(ChannelMonitor monitor, long onsetNs, double nats, long nowNs) {
    ChannelMonitor.Sight sight = monitor.sight();
    if (sight == null) {
      return;
    }
    Charge before = charges.get(monitor.channel());
    if (before == null) {
      grewNs = nowNs;
      fromNs = Math.min(fromNs, onsetNs);
    }
    if (before == null
        || nats > before.nats()
        || Math.abs(sight.deviation()) > Math.abs(before.sight().deviation())) {
      double most = before == null ? nats : Math.max(nats, before.nats());
      charges.put(monitor.channel(), new Charge(sight, most));
    }
  }

  void strengthen(double newPValue) {
    pValue = Math.min(pValue, newPValue);
  }

  /** The channels, the most telling first. */
  List<Map.Entry<ChannelId, Charge>> ranked() {
    return charges.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<ChannelId, Charge>>comparingDouble(
                    entry -> -entry.getValue().nats())
                .thenComparingDouble(entry -> -Math.abs(entry.getValue().sight().deviation()))
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  Charge leading() {
    return ranked().getFirst().getValue();
  }

  long fromNs() {
    return fromNs;
  }

  double pValue() {
    return pValue;
  }

  /** When a channel joined last. */
  long grewNs() {
    return grewNs;
  }

  /** True where people should be told of a change; at most once per interval. */
  boolean worthTelling(long nowNs, long intervalNs) {
    boolean changed = charges.size() != toldChannels || pValue < toldPValue / 10;
    return toldNs == Long.MIN_VALUE || (changed && nowNs - toldNs >= intervalNs);
  }

  void told(long nowNs) {
    toldNs = nowNs;
    toldPValue = pValue;
    toldChannels = charges.size();
  }

  /** Takes note whether all channels are back; true once they have been for long enough. */
  boolean over(boolean quiet, long nowNs, long quietNs) {
    if (!quiet) {
      quietSinceNs = Long.MIN_VALUE;
      return false;
    }
    if (quietSinceNs == Long.MIN_VALUE) {
      quietSinceNs = nowNs;
    }
    return nowNs - quietSinceNs >= quietNs;
  }
}
