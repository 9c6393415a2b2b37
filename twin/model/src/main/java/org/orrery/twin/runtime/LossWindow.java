package org.orrery.twin.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.orrery.contract.sample.LossCount;

/**
 * What the twin's sample feed let through over a window of plant time. Mutable, not thread-safe.
 */
final class LossWindow {
  /** Two hours of steps of 10 s. */
  private static final int MOST_COUNTS = 720;

  private record Count(long timeNs, long went, long gone) {}

  private final Deque<Count> counts = new ArrayDeque<>();

  /** Takes the count of a time. */
  void add(long timeNs, LossCount count) {
    if (!counts.isEmpty() && counts.getLast().timeNs() >= timeNs) {
      return;
    }
    counts.addLast(new Count(timeNs, count.out(), count.squashed() + count.dropped()));
    if (counts.size() > MOST_COUNTS) {
      counts.removeFirst();
    }
  }

  /** Share of the samples since a time that came through; 1 when none came at all. */
  double share(long fromNs) {
    if (counts.isEmpty()) {
      return 1.0;
    }
    Count first = counts.getFirst();
    for (Count count : counts) {
      first = count.timeNs() <= fromNs ? count : first;
    }
    Count last = counts.getLast();
    long went = last.went() - first.went();
    long gone = last.gone() - first.gone();
    return went + gone <= 0 ? 1.0 : (double) went / (went + gone);
  }
}
