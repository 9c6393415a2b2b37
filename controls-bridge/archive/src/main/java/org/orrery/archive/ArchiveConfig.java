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
 */
public record ArchiveConfig(KafkaConfig kafka, int maxBatch, Duration maxDelay) {
  public ArchiveConfig {
    if (maxBatch < 1 || maxDelay.isNegative()) {
      throw new IllegalArgumentException(
          "the archive needs maxBatch >= 1 and maxDelay >= 0, got %d and %s"
              .formatted(maxBatch, maxDelay));
    }
  }

  /** 20,000 samples or half a second. */
  public static ArchiveConfig of(KafkaConfig kafka) {
    return new ArchiveConfig(kafka, 20_000, Duration.ofMillis(500));
  }
}
