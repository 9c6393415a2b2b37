package org.orrery.bus.kafka;

/**
 * Which Kafka is used.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param replication copies of every partition that we create; 1 for the embedded broker
 */
public record KafkaConfig(String bootstrapServers, int replication) {
  public KafkaConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("kafka needs at least one bootstrap server as host:port");
    }
    if (replication < 1 || replication > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "kafka replication must be at least 1, got " + replication);
    }
  }

  /** The embedded broker: one copy. */
  public static KafkaConfig embedded(String bootstrapServers) {
    return new KafkaConfig(bootstrapServers, 1);
  }
}
