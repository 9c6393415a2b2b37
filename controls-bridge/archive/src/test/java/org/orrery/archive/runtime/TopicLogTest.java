package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.archive.runtime.log.TopicLog;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaTopic;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.process.ProcessListener;
import org.orrery.store.Database;

/** A topic on a real broker that is deleted and made anew. */
class TopicLogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir static Path directory;
  private static KafkaBroker broker;
  private final Database database = Servers.shared();

  @BeforeAll
  static void start() throws Exception {
    broker =
        KafkaBroker.start(
            new BrokerConfig(directory.resolve("kafka"), 256, 128L << 20), ProcessListener.none());
    broker.ready().get(180, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaConfig kafka() {
    return KafkaConfig.embedded(broker.bootstrapServers());
  }

  private static void send(KafkaTopic topic, int from, int to) throws Exception {
    KafkaTopics.ensure(kafka(), PATIENCE);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        byte[] value = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic.name(), value)).get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void delete(KafkaTopic topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(topic.name())).all().get(60, TimeUnit.SECONDS);
      await()
          .atMost(PATIENCE)
          .until(() -> !admin.listTopics().names().get().contains(topic.name()));
    }
  }

  private TopicLog open(KafkaTopic topic) throws InterruptedException {
    return TopicLog.open(kafka(), database, topic, "test-log", 100);
  }

  /** Reads and moves the position, as whoever stores does. */
  private void read(TopicLog log, List<Integer> into, int until) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .pollInSameThread()
        .until(
            () -> {
              var records = log.poll(Duration.ofMillis(100));
              for (TopicPartition partition : records.partitions()) {
                var here = records.records(partition);
                here.forEach(record -> into.add(number(record)));
                database.runInTransaction(
                    connection ->
                        log.positions()
                            .move(connection, partition.partition(), LogPositions.Span.of(here)));
              }
              return into.contains(until);
            });
  }

  private static int number(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8));
  }

  private static List<Integer> numbers(int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private long losses(KafkaTopic topic) {
    return Servers.count(
        database,
        "select count(*) from loss where topic = '"
            + topic.name()
            + "' and reason like '%made anew%'");
  }

  @Test
  void shouldReadATopicThatWasMadeAnewFromItsBeginningAndSaySo() throws Exception {
    // Given a topic that was read up to its end
    KafkaTopic topic = KafkaTopics.PUTS;
    send(topic, 0, 20);
    List<Integer> before = new ArrayList<>();
    try (TopicLog log = open(topic)) {
      read(log, before, 19);
    }

    // When it is deleted, made anew and longer than it was, and a process that knew it writes
    LogPositions old;
    try (TopicLog log = open(topic)) {
      old = log.positions();
    }
    delete(topic);
    send(topic, 100, 150);
    List<Integer> after = new ArrayList<>();
    try (TopicLog log = open(topic)) {
      read(log, after, 149);
    }

    // Then nothing of it is passed over, what happened is on record, and it happened once
    assertThat(before).isEqualTo(numbers(0, 20));
    assertThat(after).isEqualTo(numbers(100, 150));
    assertThat(losses(topic)).isEqualTo(1);
    try (TopicLog log = open(topic)) {
      assertThat(log.positions().load(Map.of(0, 0L))).containsEntry(0, 50L);
    }
    assertThat(losses(topic)).isEqualTo(1);
    assertThatThrownBy(
            () ->
                database.runInTransaction(
                    connection -> old.move(connection, 0, new LogPositions.Span(50, 51))))
        .isInstanceOf(LogPositions.PositionMovedException.class);
  }

  @Test
  void shouldNoticeWhileItReadsThatTheTopicWasMadeAnew() throws Exception {
    // Given a log that is being read
    KafkaTopic topic = KafkaTopics.AUDIT;
    send(topic, 0, 20);
    List<Integer> read = new ArrayList<>();
    TopicLog log = open(topic);
    read(log, read, 19);

    // When the topic is made anew, with as many records and more
    delete(topic);
    send(topic, 100, 130);
    boolean told = false;
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!told && System.nanoTime() < until) {
      try {
        log.poll(Duration.ofMillis(100));
      } catch (LogPositions.PositionMovedException | InvalidOffsetException e) {
        told = true;
      }
    }
    log.close();

    // Then it says so, and opened again it gives all of it
    assertThat(told).isTrue();
    List<Integer> after = new ArrayList<>();
    try (TopicLog again = open(topic)) {
      read(again, after, 129);
    }
    assertThat(Set.copyOf(after)).isEqualTo(Set.copyOf(numbers(100, 130)));
  }

  @Test
  void shouldPutOnRecordWhatRetentionCutAwayInThePartitionOfItsKey() throws Exception {
    // Given a partition that was read in part
    KafkaTopics.ensure(kafka(), PATIENCE);
    String channel = "cut.flow";
    int partition = KafkaTopics.SAMPLES.partitionOf(channel);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 10; i++) {
        var sent = producer.send(new ProducerRecord<>("orrery.samples", channel, new byte[0]));
        assertThat(sent.get(60, TimeUnit.SECONDS).partition()).isEqualTo(partition);
      }
    }
    try (TopicLog log = open(KafkaTopics.SAMPLES)) {
      database.runInTransaction(
          connection ->
              log.positions()
                  .move(
                      connection,
                      partition,
                      new LogPositions.Span(0, 4, OptionalLong.of(30), OptionalLong.of(40))));
    }

    // When more is cut away, and the next sample comes
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var cut = new TopicPartition("orrery.samples", partition);
      admin.deleteRecords(Map.of(cut, RecordsToDelete.beforeOffset(7))).all().get();
    }
    try (TopicLog log = open(KafkaTopics.SAMPLES)) {
      database.runInTransaction(
          connection ->
              log.positions()
                  .move(
                      connection,
                      partition,
                      new LogPositions.Span(7, 10, OptionalLong.of(70), OptionalLong.of(90))));
    }

    // Then
    assertThat(
            Servers.count(
                database,
                "select count(*) from loss where topic = 'orrery.samples' and partition = "
                    + partition
                    + " and from_offset = 4 and to_offset = 7 and from_ns = 40 and to_ns = 70"))
        .isEqualTo(1);
  }

  @Test
  void shouldGoOnAtAPositionOfAnEarlierVersionThatKnewNoIds() throws Exception {
    // Given
    KafkaTopic topic = KafkaTopics.FINDINGS;
    send(topic, 0, 20);
    try (TopicLog log = open(topic)) {
      read(log, new ArrayList<>(), 19);
    }
    database.runInTransaction(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.executeUpdate(
                "update kafka_offset set topic_id = null where topic = '" + topic.name() + "'");
          }
        });
    send(topic, 20, 30);

    // When
    List<Integer> after = new ArrayList<>();
    try (TopicLog log = open(topic)) {
      read(log, after, 29);
    }

    // Then
    assertThat(after).isEqualTo(numbers(20, 30));
    assertThat(losses(topic)).isZero();
  }
}
