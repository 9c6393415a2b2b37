package org.orrery.bus.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.utils.Utils;

/**
 * A Kafka topic of ours.
 *
 * @param name its name
 * @param partitions how many partitions it has from its creation on; a key stays on one partition
 *     for good only because this never changes
 * @param retention how long records are kept
 */
public record KafkaTopic(String name, int partitions, Duration retention) {
  /** The partition that records with this key are on. */
  public int partitionOf(String key) {
    int hash = Utils.murmur2(key.getBytes(StandardCharsets.UTF_8));
    return Utils.toPositive(hash) % partitions; // as Kafka's producers do
  }
}
