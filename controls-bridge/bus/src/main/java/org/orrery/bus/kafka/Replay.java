package org.orrery.bus.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.orrery.bus.wire.WireCodec;

/**
 * A past stretch of one topic, read again in the order in which it was handed to Kafka: from the
 * first record at or after one wall time up to the last before another. Records of one key come in
 * their order; those of different partitions are merged by time, so that the same stretch comes the
 * same way every time. It commits nothing and disturbs nobody. Not thread-safe.
 *
 * @param <T> the type of the vocabulary
 */
public final class Replay<T> implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_RECORDS = 1_000;

  /** Records waiting of one partition beyond which it is not read on until others catch up. */
  private static final int MOST_AHEAD = 4_000;

  /**
   * A record of the past.
   *
   * @param atMs when it was handed to Kafka, wall ms since the epoch
   * @param key its key, for example the channel
   * @param value what it says
   */
  public record Past<T>(long atMs, String key, T value) {}

  /** One partition's part of the stretch. */
  private static final class Part {
    final TopicPartition partition;
    final long end;
    final Deque<ConsumerRecord<String, byte[]>> waiting = new ArrayDeque<>();
    long position;

    Part(TopicPartition partition, long from, long end) {
      this.partition = partition;
      this.position = from;
      this.end = end;
    }

    boolean isRead() {
      return position >= end;
    }
  }

  private final KafkaConsumer<String, byte[]> consumer;
  private final WireCodec<T> codec;
  private final Map<TopicPartition, Part> parts = new HashMap<>();

  private Replay(KafkaConsumer<String, byte[]> consumer, WireCodec<T> codec) {
    this.consumer = consumer;
    this.codec = codec;
  }

  /**
   * Opens a stretch.
   *
   * @param topic which topic
   * @param codec reads its records
   * @param from wall time of the first record, inclusive
   * @param to wall time of the last record, exclusive; what comes in after the opening is left out
   * @throws KafkaUnavailableException if Kafka does not answer
   */
  public static <T> Replay<T> open(
      KafkaConfig config, KafkaTopic topic, WireCodec<T> codec, Instant from, Instant to) {
    KafkaConsumer<String, byte[]> consumer = LogReader.open(config, "orrery-replay", MOST_RECORDS);
    try {
      Replay<T> replay = new Replay<>(consumer, codec);
      List<TopicPartition> partitions = LogReader.partitions(List.of(topic));
      consumer.assign(partitions);
      Map<TopicPartition, Long> begin =
          LogReader.at(consumer, partitions, partition -> from.toEpochMilli());
      Map<TopicPartition, Long> end =
          LogReader.at(consumer, partitions, partition -> to.toEpochMilli());
      for (TopicPartition partition : partitions) {
        long first = begin.getOrDefault(partition, 0L);
        replay.parts.put(partition, new Part(partition, first, end.getOrDefault(partition, first)));
        consumer.seek(partition, first);
      }
      return replay;
    } catch (KafkaException e) {
      consumer.close();
      throw new KafkaUnavailableException(
          "kafka at " + config.bootstrapServers() + " does not answer", e);
    }
  }

  /**
   * The next record; empty at the end of the stretch. Blocks while Kafka does not answer.
   *
   * @throws org.orrery.bus.wire.WireException if a record cannot be read
   */
  public Optional<Past<T>> next() {
    while (parts.values().stream().anyMatch(part -> part.waiting.isEmpty() && !part.isRead())) {
      read();
    }
    return parts.values().stream()
        .filter(part -> !part.waiting.isEmpty())
        .min(
            Comparator.<Part>comparingLong(part -> part.waiting.getFirst().timestamp())
                .thenComparingInt(part -> part.partition.partition()))
        .map(part -> part.waiting.removeFirst())
        .map(record -> new Past<>(record.timestamp(), record.key(), codec.decode(record.value())));
  }

  private void read() {
    consumer.pause(
        parts.values().stream()
            .filter(part -> part.isRead() || part.waiting.size() > MOST_AHEAD)
            .map(part -> part.partition)
            .toList());
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      Part part = parts.get(new TopicPartition(record.topic(), record.partition()));
      if (part != null && record.offset() < part.end) {
        part.waiting.add(record);
      }
    }
    parts.values().forEach(part -> part.position = consumer.position(part.partition));
    consumer.resume(consumer.paused());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
