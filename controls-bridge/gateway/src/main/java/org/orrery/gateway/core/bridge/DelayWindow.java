package org.orrery.gateway.core.bridge;

import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Delays of the recent past in buckets that are a tenth wide, from 0.1 ms to three hours: what lies
 * beyond counts at the end that it is beyond. The recent past is what came since the {@link #roll}
 * before the last. Thread-safe.
 */
final class DelayWindow {
  private static final double LEAST_SECONDS = 1e-4;
  private static final double STEP = Math.log(1.1);
  private static final int BUCKETS = 194;

  private volatile AtomicLongArray present = new AtomicLongArray(BUCKETS);
  private volatile AtomicLongArray before = new AtomicLongArray(BUCKETS);

  void add(double seconds) {
    // A delay below zero says that the source's clock is ahead; it is no longer than the least.
    double steps =
        seconds <= LEAST_SECONDS ? 0 : Math.ceil(Math.log(seconds / LEAST_SECONDS) / STEP);
    present.incrementAndGet((int) Math.min(BUCKETS - 1, steps));
  }

  /** Forgets what came before the last call. */
  void roll() {
    before = present;
    present = new AtomicLongArray(BUCKETS);
  }

  /** The upper edge of the bucket that holds this quantile, s; empty where nothing came. */
  OptionalDouble quantile(double share) {
    AtomicLongArray old = before;
    AtomicLongArray fresh = present;
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += old.get(i) + (old == fresh ? 0 : fresh.get(i));
    }
    long wanted = Math.max(1, (long) Math.ceil(share * all));
    long seen = 0;
    for (int i = 0; i < BUCKETS && all > 0; i++) {
      seen += old.get(i) + (old == fresh ? 0 : fresh.get(i));
      if (seen >= wanted) {
        return OptionalDouble.of(LEAST_SECONDS * Math.exp(i * STEP));
      }
    }
    return OptionalDouble.empty();
  }
}
