package org.orrery.bus.kafka;

import java.time.Duration;

/**
 * A Kafka topic of ours.
 *
 * @param name its name
 * @param partitions how many partitions it has from its creation on; a key stays on one partition
 *     for good only because this never changes
 * @param retention how long records are kept
 */
public record KafkaTopic(String name, int partitions, Duration retention) {}
