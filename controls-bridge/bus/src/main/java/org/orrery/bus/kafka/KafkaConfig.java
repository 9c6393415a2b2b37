package org.orrery.bus.kafka;

/**
 * Which Kafka is used.
 *
 * @param bootstrapServers comma-separated {@code host:port}
 * @param replication copies of every partition that we create; 1 for the embedded broker
 * @param process name of the process that writes, where there are several; empty where there is one
 */
public record KafkaConfig(String bootstrapServers, int replication, String process) {
  public KafkaConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("kafka needs at least one bootstrap server as host:port");
    }
    if (replication < 1 || replication > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "kafka replication must be at least 1, got " + replication);
    }
  }

  /** For the only process there is. */
  public KafkaConfig(String bootstrapServers, int replication) {
    this(bootstrapServers, replication, "");
  }

  /** The same for one process among several. */
  public KafkaConfig writtenBy(String name) {
    return new KafkaConfig(bootstrapServers, replication, name);
  }

  /** The embedded broker: one copy. */
  public static KafkaConfig embedded(String bootstrapServers) {
    return new KafkaConfig(bootstrapServers, 1);
  }
}
