package org.orrery.bus.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;

/**
 * One subscriber's queue and its loss accounting. Below the bound everything is kept. From the bound on a sample that is
 * no alarm edge is left out when it lies within the dead-band of the newest waiting sample of its channel, and
 * otherwise replaces that sample unless that one is an alarm edge. An alarm edge, a sample whose severity differs from
 * the sample before it, is always kept. Not thread-safe: the feed guards it.
 */
final class CreditQueue {
  private static final class Slot {
    Sample sample;
    final boolean edge;

    Slot(Sample sample, boolean edge) {
      this.sample = sample;
      this.edge = edge;
    }
  }

  private final String stage;
  private final int bound;
  private final ToDoubleFunction<ChannelId> deadBand;
  private final ArrayDeque<Slot> waiting = new ArrayDeque<>();
  private final Map<ChannelId, Slot> newest = new HashMap<>();
  private final Map<ChannelId, Severity> lastSeverity = new HashMap<>();
  private final Map<ChannelId, Long> lostSince = new HashMap<>();
  private long in;
  private long out;
  private long squashed;
  private long late;
  private final Map<ChannelId, Long> lastSourceTimeNs = new HashMap<>();

  /**
   * @param stage name in loss counts
   * @param bound waiting samples from which on squashing begins
   * @param deadBand dead-band of a channel in its unit; 0 for none
   */
  CreditQueue(String stage, int bound, ToDoubleFunction<ChannelId> deadBand) {
    this.stage = stage;
    this.bound = bound;
    this.deadBand = deadBand;
  }

  void offer(Sample sample) {
    in++;
    ChannelId channel = sample.channel();
    Severity before = lastSeverity.put(channel, sample.severity());
    boolean edge = before != null && before != sample.severity();
    Slot last = newest.get(channel);
    if (waiting.size() >= bound && !edge && last != null) {
      squash(channel, sample, last);
      return;
    }
    Slot slot = new Slot(sample, edge);
    waiting.add(slot);
    newest.put(channel, slot);
  }

  private void squash(ChannelId channel, Sample sample, Slot last) {
    squashed++;
    lostSince.merge(channel, 1 + sample.lostBefore(), Long::sum);
    if (withinDeadBand(channel, last.sample, sample)) {
      return;
    }
    if (last.edge) {
      // The edge stays; the newer value waits behind it in a slot of its own, once per edge.
      squashed--;
      lostSince.merge(channel, -1 - sample.lostBefore(), Long::sum);
      Slot slot = new Slot(sample, false);
      waiting.add(slot);
      newest.put(channel, slot);
      return;
    }
    lostSince.merge(channel, last.sample.lostBefore() - sample.lostBefore(), Long::sum);
    last.sample = sample;
  }

  private boolean withinDeadBand(ChannelId channel, Sample kept, Sample offered) {
    double width = deadBand.applyAsDouble(channel);
    OptionalDouble a = kept.value().asDouble();
    OptionalDouble b = offered.value().asDouble();
    return width > 0
        && a.isPresent()
        && b.isPresent()
        && Math.abs(a.getAsDouble() - b.getAsDouble()) <= width;
  }

  /** Takes up to {@code max} samples in order. */
  List<Sample> take(int max) {
    List<Sample> batch = new ArrayList<>(Math.min(max, waiting.size()));
    while (batch.size() < max && !waiting.isEmpty()) {
      Slot slot = waiting.poll();
      Sample sample = slot.sample;
      ChannelId channel = sample.channel();
      if (newest.get(channel) == slot) {
        newest.remove(channel);
        Long lost = lostSince.remove(channel);
        if (lost != null && lost > 0) {
          sample = sample.withLostBefore(sample.lostBefore() + lost);
        }
      }
      Long previous = lastSourceTimeNs.put(channel, sample.sourceTimeNs());
      if (previous != null && sample.sourceTimeNs() < previous) {
        late++;
      }
      batch.add(sample);
      out++;
    }
    return batch;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  LossCount count() {
    return new LossCount(stage, in, out, squashed, 0, late, waiting.size());
  }
}
