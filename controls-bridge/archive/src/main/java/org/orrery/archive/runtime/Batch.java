package org.orrery.archive.runtime;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.orrery.archive.runtime.log.LogPositions.Span;
import org.orrery.contract.sample.Sample;

/**
 * Samples that are stored together, with the stretch of the log that they came from. Not
 * thread-safe.
 */
final class Batch {
  private final List<Sample> samples = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final BitSet late = new BitSet();
  private final Map<Integer, Span> spans = new TreeMap<>();
  private LongSummaryStatistics receivedNs = new LongSummaryStatistics();

  /**
   * A record that cannot be read.
   *
   * @param partition where
   * @param offset where in the partition
   */
  record Unreadable(int partition, long offset) {}

  void add(Sample sample, boolean isLate) {
    late.set(samples.size(), isLate);
    samples.add(sample);
    receivedNs.accept(sample.receivedTimeNs());
  }

  /** A record of the log that is no sample. */
  void unreadable(int partition, long offset) {
    unreadable.add(new Unreadable(partition, offset));
  }

  /**
   * The batch covers the log from the position before up to this one; the samples that were added
   * since this was last said are from there.
   */
  void cover(int partition, Span span) {
    boolean none = receivedNs.getCount() == 0;
    Span timed =
        new Span(
            span.fromOffset(),
            span.nextOffset(),
            none ? OptionalLong.empty() : OptionalLong.of(receivedNs.getMin()),
            none ? OptionalLong.empty() : OptionalLong.of(receivedNs.getMax()));
    receivedNs = new LongSummaryStatistics();
    spans.merge(
        partition,
        timed,
        (before, added) ->
            new Span(
                before.fromOffset(),
                added.nextOffset(),
                before.firstNs().isPresent() ? before.firstNs() : added.firstNs(),
                added.lastNs().isPresent() ? added.lastNs() : before.lastNs()));
  }

  int size() {
    return samples.size();
  }

  boolean isEmpty() {
    return spans.isEmpty() && samples.isEmpty();
  }

  Sample sample(int index) {
    return samples.get(index);
  }

  boolean isLate(int index) {
    return late.get(index);
  }

  int lateCount() {
    return late.cardinality();
  }

  List<Sample> samples() {
    return Collections.unmodifiableList(samples);
  }

  List<Unreadable> unreadable() {
    return Collections.unmodifiableList(unreadable);
  }

  Map<Integer, Span> spans() {
    return Collections.unmodifiableMap(spans);
  }
}
