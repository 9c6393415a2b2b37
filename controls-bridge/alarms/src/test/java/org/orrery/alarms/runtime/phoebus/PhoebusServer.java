package org.orrery.alarms.runtime.phoebus;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes to the topics what a Phoebus alarm server and its clients write. */
final class PhoebusServer implements AutoCloseable {
  static final String CONFIG = "Detector";

  private final String servers;
  private final KafkaProducer<String, String> producer;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private @Nullable ScheduledFuture<?> idle;

  PhoebusServer(String servers) throws Exception {
    this.servers = servers;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(CONFIG, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                  new NewTopic(CONFIG + "Command", 1, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "max.block.ms", 60_000),
            new StringSerializer(),
            new StringSerializer());
  }

  /** Says that it lives, as the server does when nothing else happens. */
  void live() {
    idle =
        timer.scheduleAtFixedRate(
            () ->
                producer.send(
                    new ProducerRecord<>(CONFIG, "state:/" + CONFIG, "{\"severity\":\"OK\"}")),
            0,
            500,
            TimeUnit.MILLISECONDS);
  }

  void fallSilent() {
    if (idle != null) {
      idle.cancel(false);
    }
  }

  void writeTopic() throws Exception {
    for (Specimens.Message message : Specimens.topic()) {
      write(message.key(), message.value());
    }
  }

  void write(String key, @Nullable String value)
      throws ExecutionException, InterruptedException, TimeoutException {
    producer.send(new ProducerRecord<>(CONFIG, key, value)).get(60, TimeUnit.SECONDS);
  }

  /** What a person at a Phoebus screen does. */
  void acknowledgeAs(String user, String path) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                CONFIG + "Command",
                "command:" + path,
                "{\"user\":\"" + user + "\",\"host\":\"ws1\",\"command\":\"acknowledge\"}"))
        .get(60, TimeUnit.SECONDS);
  }

  /** The next command that came in. */
  ConsumerRecord<String, String> command() {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition commands = new TopicPartition(CONFIG + "Command", 0);
      consumer.assign(List.of(commands));
      consumer.seekToBeginning(List.of(commands));
      for (int i = 0; i < 600; i++) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          return record;
        }
      }
    }
    throw new AssertionError("no command came");
  }

  @Override
  public void close() {
    timer.shutdownNow();
    producer.close(Duration.ofSeconds(1));
  }
}
