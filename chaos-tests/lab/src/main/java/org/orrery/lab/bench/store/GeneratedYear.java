package org.orrery.lab.bench.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * A year of samples, the same whenever they are made: a slow wave with noise, of one channel after
 * the other, in order of time. Immutable.
 *
 * @param samples how many in all
 * @param channels how many channels they belong to, in turn
 */
record GeneratedYear(long samples, int channels) {
  /** 2025-01-01T00:00:00Z, plant ns. */
  static final long START_NS = 1_735_689_600_000_000_000L;

  static final long HOUR_NS = 3_600_000_000_000L;
  static final long DAY_NS = 24 * HOUR_NS;
  static final long YEAR_NS = 365 * DAY_NS;
  static final long SEED = 20_261_128;

  private static final long ON_THE_WAY_NS = 5_000_000;

  /**
   * Some of them.
   *
   * @param from the number of the first
   * @param most how many at most
   */
  List<Sample> batch(long from, int most) {
    SplittableRandom random = new SplittableRandom(SEED + from);
    ChannelId[] ids = new ChannelId[channels];
    Arrays.setAll(ids, GeneratedYear::channel);
    int size = (int) Math.min(most, samples - from);
    List<Sample> batch = new ArrayList<>(size);
    for (long i = from; i < from + size; i++) {
      int channel = (int) (i % channels);
      long step = i / channels;
      long timeNs = timeNs(i);
      double wave = Math.sin(step * 1e-3 + channel);
      batch.add(
          new Sample(
              ids[channel],
              Value.of(87.3 + 0.05 * wave + 0.001 * random.nextGaussian()),
              Severity.NONE,
              "",
              timeNs,
              timeNs + ON_THE_WAY_NS,
              Quality.GOOD,
              0,
              step));
    }
    return batch;
  }

  /** When the sample of this number was, plant ns. */
  long timeNs(long number) {
    long perChannel = Math.ceilDiv(samples, (long) channels);
    return START_NS + Math.round((double) YEAR_NS / perChannel * (number / channels));
  }

  static ChannelId channel(int number) {
    return new ChannelId("bench.c" + number);
  }
}
