package org.orrery.bus.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * One subscriber's queue and its loss accounting. Below the bound everything is kept. From the
 * bound on a sample that is no edge is left out when it lies within the dead-band of the newest
 * waiting sample of its channel, and otherwise takes the place of that sample unless that one is an
 * edge. An edge differs from the sample before it in severity, quality or choice, and is kept.
 *
 * <p>Even edges end at {@link #ULTIMATE_FACTOR} times the bound: from there on they take the place
 * of the newest waiting sample of their channel too, which is counted as dropped, so that a
 * subscriber that never comes back cannot fill the heap. Beyond every bound each channel keeps at
 * least its newest sample.
 *
 * <p>What was left out between two samples stands in the later one's {@link Sample#lostBefore()}.
 * Not thread-safe: the feed guards it.
 */
final class CreditQueue {
  /**
   * Waiting samples, as a multiple of the bound, from which on even edges give way to newer ones.
   */
  static final int ULTIMATE_FACTOR = 8;

  private static final class Slot {
    /** How many samples had been offered before the first that waited here. */
    final long before;

    Sample sample;
    boolean edge;

    Slot(long before, Sample sample, boolean edge) {
      this.before = before;
      this.sample = sample;
      this.edge = edge;
    }
  }

  /** What the queue remembers of a channel. */
  private static final class Trace {
    Severity severity;
    Quality quality;
    Value value;
    long sourceTimeNs = Long.MIN_VALUE;

    /** Left out since the newest sample that was kept. */
    long lost;

    /** The newest waiting sample; empty once taken. */
    @Nullable Slot newest;

    Trace(Sample first) {
      this.severity = first.severity();
      this.quality = first.quality();
      this.value = first.value();
    }

    boolean edge(Sample sample) {
      boolean edge =
          severity != sample.severity()
              || quality != sample.quality()
              || (sample.value() instanceof Value.ChoiceValue && !value.equals(sample.value()));
      severity = sample.severity();
      quality = sample.quality();
      value = sample.value();
      return edge;
    }
  }

  private final String stage;
  private final int bound;
  private final ToDoubleFunction<ChannelId> deadBand;
  private final ArrayDeque<Slot> waiting = new ArrayDeque<>();
  private final Map<ChannelId, Trace> traces = new HashMap<>();
  private long in;
  private long out;
  private long squashed;
  private long dropped;
  private long late;

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
    Trace trace = traces.get(sample.channel());
    boolean edge = false;
    if (trace == null) {
      trace = new Trace(sample);
      traces.put(sample.channel(), trace);
    } else {
      edge = trace.edge(sample);
    }
    Slot last = trace.newest;
    if (last == null || waiting.size() < bound) {
      append(trace, sample, edge);
    } else if (waiting.size() >= (long) bound * ULTIMATE_FACTOR && (edge || last.edge)) {
      dropped++;
      replace(trace, last, sample);
      last.edge = true;
    } else if (edge) {
      append(trace, sample, true);
    } else if (withinDeadBand(last.sample, sample)) {
      squashed++;
      trace.lost += 1 + sample.lostBefore();
    } else if (last.edge) {
      append(trace, sample, false);
    } else {
      squashed++;
      replace(trace, last, sample);
    }
  }

  private void append(Trace trace, Sample sample, boolean edge) {
    Slot slot = new Slot(in - 1, withLost(sample, trace.lost), edge);
    trace.lost = 0;
    trace.newest = slot;
    waiting.add(slot);
  }

  private static void replace(Trace trace, Slot slot, Sample sample) {
    slot.sample = withLost(sample, trace.lost + 1 + slot.sample.lostBefore());
    trace.lost = 0;
  }

  private static Sample withLost(Sample sample, long more) {
    return more == 0 ? sample : sample.withLostBefore(sample.lostBefore() + more);
  }

  private boolean withinDeadBand(Sample kept, Sample offered) {
    double width = deadBand.applyAsDouble(offered.channel());
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
    while (batch.size() < max) {
      Slot slot = waiting.poll();
      if (slot == null) {
        break;
      }
      Sample sample = slot.sample;
      Trace trace = traces.get(sample.channel());
      if (trace != null) {
        if (trace.newest == slot) {
          trace.newest = null;
        }
        if (sample.sourceTimeNs() < trace.sourceTimeNs) {
          late++;
        } else {
          trace.sourceTimeNs = sample.sourceTimeNs();
        }
      }
      batch.add(sample);
      out++;
    }
    return batch;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** So many of the samples that were offered first wait no longer, none of them. */
  long gone() {
    Slot first = waiting.peek();
    return first == null ? in : first.before;
  }

  LossCount count() {
    return new LossCount(stage, in, out, squashed, dropped, late, waiting.size());
  }
}
