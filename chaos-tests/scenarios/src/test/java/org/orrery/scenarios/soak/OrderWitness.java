package org.orrery.scenarios.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.sample.Sample;

/**
 * Reads the log of samples on from where it was and checks that the samples of each channel stand
 * in the order in which Orrery received them, over all its lives. Not thread-safe.
 */
final class OrderWitness {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Path data;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private final Map<String, Sample> last = new HashMap<>();
  private final List<String> broken = new ArrayList<>();
  private long seen;

  OrderWitness(Path data) {
    this.data = data;
  }

  /** Reads what is there now. */
  void look() throws IOException {
    String port = Files.readString(data.resolve("kafka/ports")).trim().split("\\s+")[0];
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            "127.0.0.1:" + port,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class.getName(),
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
            ByteArrayDeserializer.class.getName());
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          IntStream.range(0, KafkaTopics.SAMPLES.partitions())
              .mapToObj(p -> new TopicPartition(KafkaTopics.SAMPLES.name(), p))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        if (next.containsKey(partition)) {
          consumer.seek(partition, next.get(partition));
        } else {
          consumer.seekToBeginning(List.of(partition));
        }
      }
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          check(Wire.SAMPLE.decode(record.value()));
        }
      }
      partitions.forEach(p -> next.put(p, consumer.position(p)));
    }
  }

  private void check(Sample sample) {
    seen++;
    Sample before = last.put(sample.channel().value(), sample);
    if (before != null && sample.receivedTimeNs() < before.receivedTimeNs()) {
      broken.add(
          "%s: %d behind %d"
              .formatted(sample.channel(), sample.receivedTimeNs(), before.receivedTimeNs()));
    }
  }

  /** Samples seen so far. */
  long seen() {
    return seen;
  }

  /** Samples that stand behind one that was received later. */
  List<String> broken() {
    return List.copyOf(broken);
  }
}
