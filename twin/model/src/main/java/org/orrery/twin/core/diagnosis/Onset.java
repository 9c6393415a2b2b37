package org.orrery.twin.core.diagnosis;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.orrery.twin.core.assimilation.History;

/** Guesses when something began, from the innovations alone. Stateless. */
final class Onset {
  /** An innovation beyond this may be the beginning. */
  private static final double SUSPICIOUS = 4.0;

  /** Share of a sensor's later readings that must be suspicious too. */
  private static final double PERSISTENT = 0.6;

  /** How long before the first suspicious reading the beginning may lie, s. */
  private static final long[] EARLIER_SECONDS = {0, 10, 20, 40, 80, 160, 400};

  private static final long NS_PER_SECOND = 1_000_000_000L;

  private Onset() {}

  /** Times to try, earliest first. */
  static List<Long> candidates(List<History.Step> steps, long fallbackNs) {
    long first = Long.MAX_VALUE;
    int sensors = steps.isEmpty() ? 0 : steps.getFirst().innovations().length;
    for (int s = 0; s < sensors; s++) {
      first = Math.min(first, firstPersistent(steps, s));
    }
    long anchor = first == Long.MAX_VALUE ? fallbackNs : first;
    return LongStream.of(EARLIER_SECONDS)
        .map(seconds -> anchor - (seconds + 5) * NS_PER_SECOND)
        .sorted()
        .boxed()
        .toList();
  }

  /** For each sensor, since when it has been out; the fallback where it has not. */
  static long[] bySensor(List<History.Step> steps, long fallbackNs) {
    int sensors = steps.isEmpty() ? 0 : steps.getFirst().innovations().length;
    return IntStream.range(0, sensors)
        .mapToLong(s -> firstPersistent(steps, s))
        .map(first -> first == Long.MAX_VALUE ? fallbackNs : first)
        .toArray();
  }

  private static long firstPersistent(List<History.Step> steps, int sensor) {
    int suspicious = 0;
    int total = 0;
    long found = Long.MAX_VALUE;
    for (int i = steps.size() - 1; i >= 0; i--) {
      double z = steps.get(i).innovations()[sensor];
      if (Double.isNaN(z)) {
        continue;
      }
      total++;
      if (Math.abs(z) > SUSPICIOUS) {
        suspicious++;
        if (suspicious >= PERSISTENT * total && (suspicious >= 2 || Math.abs(z) > 8.0)) {
          found = steps.get(i).timeNs();
        }
      }
    }
    return found;
  }
}
