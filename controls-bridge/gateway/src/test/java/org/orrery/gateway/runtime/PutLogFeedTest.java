package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.broker.BrokerConfig;
import org.orrery.bus.broker.KafkaBroker;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.JournalEntry;
import org.orrery.gateway.core.TestPlant;
import org.orrery.process.ProcessListener;

/** The put log on a real broker that comes late, dies and comes back. */
class PutLogFeedTest {
  @TempDir private Path directory;
  private final SystemWallClock clock = new SystemWallClock();
  private int number;

  @Test
  void shouldBringEveryEntryToKafkaThoughEveryPartIsKilled() throws Exception {
    Path file = directory.resolve("journal");
    Path position = directory.resolve("put-log.properties");
    try (KafkaBroker broker = broker()) {
      KafkaConfig kafka = KafkaConfig.embedded(broker.bootstrapServers());

      // Given: entries before the broker answers
      FileJournal journal = FileJournal.open(file);
      write(journal, 3);
      PutLogFeed feed = new PutLogFeed(journal, position, kafka, clock);
      broker.ready().get(120, TimeUnit.SECONDS);
      await().atMost(Duration.ofSeconds(90)).until(() -> PutPosition.read(position).entries() == 6);

      // When: the broker dies, Orrery ends without it, and both come back
      broker.process().handle().orElseThrow().destroyForcibly();
      write(journal, 2);
      feed.close();
      journal.close();
      journal = FileJournal.open(file);
      write(journal, 2);
      feed = new PutLogFeed(journal, position, kafka, clock);
      await()
          .atMost(Duration.ofSeconds(120))
          .until(() -> PutPosition.read(position).entries() == 14);
      write(journal, 1);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> PutPosition.read(position).entries() == 16);

      // Then
      List<PutRecord> puts = consume(kafka);
      Set<Long> sequences = new HashSet<>();
      puts.forEach(put -> sequences.add(put.sequence()));
      assertThat(sequences).hasSize(16).allMatch(s -> s >= 0 && s < 16);
      assertThat(puts)
          .filteredOn(put -> put.stand() == PutRecord.Stand.CONFIRMED)
          .extracting(put -> put.command().value())
          .contains("c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7", "c-8");
      assertThat(feed.complaint()).isEmpty();
      feed.close();
      journal.close();
    }
  }

  @Test
  void shouldGoOnWhereItsPositionCannotBeWrittenAndWriteItOnceThatIsPossible() throws Exception {
    Path position = directory.resolve("put-log.properties");
    // Given: something is in the way of the file that is to replace the position
    Path obstacle = Files.createDirectory(directory.resolve("put-log.properties.new"));
    try (KafkaBroker broker = broker();
        FileJournal journal = FileJournal.open(directory.resolve("journal"))) {
      KafkaConfig kafka = KafkaConfig.embedded(broker.bootstrapServers());
      broker.ready().get(120, TimeUnit.SECONDS);
      write(journal, 2);
      try (PutLogFeed feed = new PutLogFeed(journal, position, kafka, clock)) {
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(
                () ->
                    assertThat(feed.complaint())
                        .hasValueSatisfying(
                            why -> assertThat(why).contains("cannot be written down")));

        // When
        write(journal, 1);
        await().atMost(Duration.ofSeconds(60)).until(() -> consume(kafka).size() == 6);
        Files.delete(obstacle);

        // Then it is written without anything else to be carried, and nothing came twice
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> PutPosition.read(position).entries() == 6);
        await().atMost(Duration.ofSeconds(60)).until(() -> feed.complaint().isEmpty());
        assertThat(consume(kafka)).extracting(PutRecord::sequence).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void shouldBeginAgainWhereTheJournalCouldNotBeRead() throws Exception {
    Path position = directory.resolve("put-log.properties");
    Path file = directory.resolve("journal");
    Path elsewhere = directory.resolve("journal.away");
    try (KafkaBroker broker = broker();
        FileJournal journal = FileJournal.open(file)) {
      KafkaConfig kafka = KafkaConfig.embedded(broker.bootstrapServers());
      broker.ready().get(120, TimeUnit.SECONDS);
      write(journal, 2);

      // Given
      Files.move(file, elsewhere);
      try (PutLogFeed feed = new PutLogFeed(journal, position, kafka, clock)) {
        Thread.sleep(1_000);

        // When
        Files.move(elsewhere, file);

        // Then
        await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> PutPosition.read(position).entries() == 4);
        assertThat(feed.complaint()).isEmpty();
      }
    }
  }

  private KafkaBroker broker() throws Exception {
    return KafkaBroker.start(
        new BrokerConfig(directory.resolve("kafka"), 256, 256L << 20), ProcessListener.none());
  }

  private void write(FileJournal journal, int commands) throws Exception {
    for (int i = 0; i < commands; i++) {
      Command command = TestPlant.speed("c-" + ++number, 40, clock.nowNs());
      append(
          journal,
          new JournalEntry.Attempted(TestPlant.sign(command), Value.of(39.0), clock.nowNs()));
      append(
          journal,
          new JournalEntry.Ended(
              command.id(),
              new CommandOutcome.Confirmed(command.id(), 1, Value.of(40.0)),
              true,
              clock.nowNs()));
    }
  }

  private static void append(FileJournal journal, JournalEntry entry) throws Exception {
    CompletableFuture<Optional<String>> done = new CompletableFuture<>();
    journal.append(entry, done::complete);
    assertThat(done.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  private static List<PutRecord> consume(KafkaConfig kafka) {
    TopicPartition only = new TopicPartition(KafkaTopics.PUTS.name(), 0);
    List<PutRecord> puts = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(only));
      consumer.seekToBeginning(List.of(only));
      long end = consumer.endOffsets(List.of(only)).get(only);
      while (consumer.position(only) < end) {
        consumer
            .poll(Duration.ofSeconds(1))
            .forEach(record -> puts.add(Wire.PUT.decode(record.value())));
      }
    }
    return puts;
  }
}
