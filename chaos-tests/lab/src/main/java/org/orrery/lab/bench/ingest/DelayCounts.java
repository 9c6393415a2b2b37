package org.orrery.lab.bench.ingest;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Delays in buckets whose widths grow with the delay, 8 per doubling, so within 9 %. Thread-safe.
 */
final class DelayCounts {
  private static final int PER_DOUBLING = 8;
  private static final int BUCKETS = 40 * PER_DOUBLING;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  /** Counts one delay; below 1 µs is as 1 µs. */
  void add(long delayNs) {
    double micros = Math.max(1, delayNs / 1e3);
    int bucket = (int) (Math.log(micros) / Math.log(2) * PER_DOUBLING);
    counts.incrementAndGet(Math.min(bucket, BUCKETS - 1));
  }

  void clear() {
    for (int i = 0; i < BUCKETS; i++) {
      counts.set(i, 0);
    }
  }

  /** Upper end of the bucket that this share of all delays reaches, ms; NaN without delays. */
  double atMs(double share) {
    long total = 0;
    for (int i = 0; i < BUCKETS; i++) {
      total += counts.get(i);
    }
    long rank = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < BUCKETS && total > 0; i++) {
      seen += counts.get(i);
      if (seen >= rank) {
        return Math.pow(2, (i + 1.0) / PER_DOUBLING) / 1e3;
      }
    }
    return Double.NaN;
  }
}
