package org.orrery.archive.runtime.log;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaTopic;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.kafka.KafkaUnavailableException;
import org.orrery.store.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One topic, read from where the database says. Kafka's own group offsets are not used. Belongs to
 * one thread, except {@link #wakeUp}.
 */
public final class TopicLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLog.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final LogPositions positions;
  private final TopicWatch watch;
  private final String topic;

  private TopicLog(
      KafkaConsumer<byte[], byte[]> consumer,
      LogPositions positions,
      TopicWatch watch,
      String topic) {
    this.consumer = consumer;
    this.positions = positions;
    this.watch = watch;
    this.topic = topic;
  }

  /**
   * Opens the log at the stored positions. Where the log no longer reaches back that far, ends
   * earlier than what was stored, or is another one of the same name, that goes on record as a
   * loss.
   *
   * @param client what Kafka sees as the name of this reader
   * @param maxRecords how many records a poll returns at most
   * @throws KafkaUnavailableException when Kafka does not answer
   * @throws org.orrery.store.DatabaseUnavailableException when the database does not
   */
  public static TopicLog open(
      KafkaConfig config, Database database, KafkaTopic read, String client, int maxRecords)
      throws InterruptedException {
    KafkaTopics.ensure(config, TIMEOUT);
    String topic = read.name();
    TopicWatch watch = TopicWatch.open(config, topic, client);
    KafkaConsumer<byte[], byte[]> consumer = null;
    try {
      consumer =
          new KafkaConsumer<>(
              settings(config, client, maxRecords),
              new ByteArrayDeserializer(),
              new ByteArrayDeserializer());
      LogPositions positions = new LogPositions(database, watch.cluster(), topic, watch.topicId());
      TopicLog log = new TopicLog(consumer, positions, watch, topic);
      log.seek();
      return log;
    } catch (RuntimeException e) {
      watch.close();
      if (consumer != null) {
        consumer.close();
      }
      throw e instanceof org.apache.kafka.common.errors.TimeoutException
          ? new KafkaUnavailableException("kafka does not tell its offsets", e)
          : e;
    }
  }

  /** Where reading goes on, to be moved in the transaction that stores what was read. */
  public LogPositions positions() {
    return positions;
  }

  /**
   * Empty also when Kafka is away, or after {@link #wakeUp}.
   *
   * @throws LogPositions.PositionMovedException when the topic is another one by now: open it again
   */
  public ConsumerRecords<byte[], byte[]> poll(Duration patience) {
    watch.check();
    try {
      return consumer.poll(patience);
    } catch (WakeupException e) {
      return ConsumerRecords.empty();
    }
  }

  /** Ends a poll under way; from any thread. */
  public void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    watch.close();
    consumer.close();
  }

  private void seek() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, TIMEOUT).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, TIMEOUT);
    Map<Integer, Long> stored =
        positions.load(
            beginnings.entrySet().stream()
                .collect(
                    Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue)));
    for (TopicPartition partition : partitions) {
      long at = stored.getOrDefault(partition.partition(), 0L);
      long begin = beginnings.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, at);
      long target = Math.clamp(at, begin, Math.max(begin, end));
      if (target != at) {
        String reason =
            target > at
                ? "the log was cut by retention before it was read here"
                : "the log ends before what was read here: it was lost or replaced";
        LOG.warn("{}: {}; going on at {} instead of {}", partition, reason, target, at);
        positions.jump(partition.partition(), at, target, reason);
      }
      consumer.seek(partition, target);
    }
  }

  private static Map<String, Object> settings(KafkaConfig config, String client, int maxRecords) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, client);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxRecords);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }
}
