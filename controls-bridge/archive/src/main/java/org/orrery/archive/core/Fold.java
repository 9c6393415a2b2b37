package org.orrery.archive.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds roll-ups that come in order of time into longer intervals. Not thread-safe. */
public final class Fold {
  private final long intervalNs;
  private final int most;
  private final List<Interval> done = new ArrayList<>();
  private @Nullable Interval open;

  /**
   * What remains of an interval.
   *
   * @param startNs when it begins, plant ns
   * @param rollup of all its samples
   */
  public record Interval(long startNs, Rollup rollup) {}

  /**
   * A fold with nothing in it.
   *
   * @param intervalNs length of the intervals, plant ns
   * @param most how many of them are taken
   */
  public Fold(long intervalNs, int most) {
    this.intervalNs = intervalNs;
    this.most = most;
  }

  /** Takes the next one, which begins at the time; false when no further one is wanted. */
  public boolean add(long timeNs, Rollup rollup) {
    long start = Reduction.startOf(timeNs, intervalNs);
    Interval before = open;
    if (before != null && before.startNs() == start) {
      open = new Interval(start, before.rollup().merge(rollup));
      return true;
    }
    if (before != null) {
      done.add(before);
    }
    open = done.size() < most ? new Interval(start, rollup) : null;
    return open != null;
  }

  /** Whether there was more than was wanted. */
  public boolean isFull() {
    return done.size() == most && open == null;
  }

  /** The intervals that have anything in them, in order of time. */
  public List<Interval> intervals() {
    List<Interval> all = new ArrayList<>(done);
    if (open != null) {
      all.add(open);
    }
    return all;
  }
}
