package org.orrery.bus.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.process.ProcessListener;
import org.orrery.process.ProcessState;

class KafkaBrokerTest {
  private static final String TOPIC = "probe";

  @TempDir Path directory;

  private KafkaBroker start() throws Exception {
    KafkaBroker broker =
        KafkaBroker.start(new BrokerConfig(directory, 256, 128L << 20), ProcessListener.none());
    broker.ready().get(90, TimeUnit.SECONDS);
    return broker;
  }

  @Test
  void shouldKeepEveryAcknowledgedRecordWhenTheBrokerIsKilled() throws Exception {
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    String cluster;
    try (KafkaBroker broker = start()) {
      // Given
      String address = broker.bootstrapServers();
      assertThat(address).startsWith("127.0.0.1:");
      cluster = Files.readString(directory.resolve("cluster-id"));
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
        admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      }
      try (KafkaProducer<Long, Long> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", address, "acks", "all", "linger.ms", "1"),
              new LongSerializer(),
              new LongSerializer())) {
        Thread writer =
            Thread.ofPlatform()
                .daemon()
                .start(
                    () -> {
                      for (long i = 0; !Thread.currentThread().isInterrupted(); i++) {
                        long number = i;
                        producer.send(
                            new ProducerRecord<>(TOPIC, number, number),
                            (metadata, failure) -> {
                              if (failure == null) {
                                acknowledged.add(number);
                              }
                            });
                        Thread.onSpinWait();
                        if (i % 100 == 0) {
                          try {
                            Thread.sleep(1);
                          } catch (InterruptedException e) {
                            return;
                          }
                        }
                      }
                    });
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > 2_000);

        // When
        broker.process().handle().orElseThrow().destroyForcibly();

        // Then
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    broker.process().state() instanceof ProcessState.Running running
                        && running.restarts() == 1);
        int afterRestart = acknowledged.size();
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> acknowledged.size() > afterRestart + 2_000);
        writer.interrupt();
        writer.join();
        producer.flush();
      }
      assertThat(readAll(address)).containsAll(acknowledged);
    }

    // And an orderly restart finds the same cluster with the same records, and complains of nothing
    // (a broker that was killed under load does: batches are sent again out of order and refused)
    Path log = directory.resolve("kafka.log");
    int before = Files.readString(log, StandardCharsets.UTF_8).length();
    try (KafkaBroker broker = start()) {
      assertThat(Files.readString(directory.resolve("cluster-id"))).isEqualTo(cluster);
      assertThat(readAll(broker.bootstrapServers())).containsAll(acknowledged);
    }
    assertThat(Files.readString(log, StandardCharsets.UTF_8).substring(before))
        .isNotEmpty()
        .doesNotContain(" ERROR ")
        .doesNotContain("\tat ");
  }

  private static Set<Long> readAll(String address) {
    Set<Long> found = new TreeSet<>();
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<Long, Long> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", address), new LongDeserializer(), new LongDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(Collections.singleton(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
      }
    }
    return found;
  }
}
