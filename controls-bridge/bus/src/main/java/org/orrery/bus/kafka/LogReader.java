package org.orrery.bus.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What everybody who reads one of our topics needs. Stateless. */
final class LogReader {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private LogReader() {}

  /**
   * Opens a consumer that is assigned its partitions by hand: one role runs once, so nothing is to
   * be shared out.
   *
   * @param group under which positions are committed; nothing is committed by itself
   */
  static KafkaConsumer<String, byte[]> open(KafkaConfig config, String group, int maxRecords) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(TIMEOUT.toMillis()));
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** All partitions of the topics. */
  static List<TopicPartition> partitions(Collection<KafkaTopic> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                java.util.stream.IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
        .toList();
  }

  /**
   * The first offset at or after a time, for each partition; its end where nothing is as young.
   *
   * @param atMs wall ms since the epoch, when records were handed to Kafka
   */
  static Map<TopicPartition, Long> at(
      KafkaConsumer<?, ?> consumer,
      Collection<TopicPartition> partitions,
      ToLongFunction<TopicPartition> atMs) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
    Map<TopicPartition, OffsetAndTimestamp> found =
        consumer.offsetsForTimes(
            partitions.stream()
                .collect(Collectors.toMap(p -> p, p -> Math.max(0, atMs.applyAsLong(p)))),
            TIMEOUT);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp at = found.get(partition);
      offsets.put(partition, at == null ? ends.getOrDefault(partition, 0L) : at.offset());
    }
    return offsets;
  }
}
