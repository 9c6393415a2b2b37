package org.orrery.archive;

import java.time.Duration;
import org.orrery.bus.kafka.KafkaConfig;

/**
 * The archive.
 *
 * @param kafka where the samples come from
 * @param maxBatch most samples of one transaction
 * @param maxDelay how long a sample may wait for others before it is written; bounds both the delay
 *     until it can be retrieved and the number of transactions
 * @param rawDays how many whole plant days of raw samples are kept before today; 0 keeps all;
 *     roll-ups are always kept
 */
public record ArchiveConfig(KafkaConfig kafka, int maxBatch, Duration maxDelay, int rawDays) {
  public ArchiveConfig {
    if (maxBatch < 1 || maxDelay.isNegative() || rawDays < 0) {
      throw new IllegalArgumentException(
          "the archive needs maxBatch >= 1, maxDelay >= 0 and rawDays >= 0, got %d, %s and %d"
              .formatted(maxBatch, maxDelay, rawDays));
    }
  }

  /** 20,000 samples or half a second; every sample is kept. */
  public static ArchiveConfig of(KafkaConfig kafka) {
    return new ArchiveConfig(kafka, 20_000, Duration.ofMillis(500), 0);
  }

  /** The same with a bound on the days of raw samples. */
  public ArchiveConfig keepingRawDays(int days) {
    return new ArchiveConfig(kafka, maxBatch, maxDelay, days);
  }
}
