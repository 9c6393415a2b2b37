package org.orrery.archive.runtime.putlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.archive.runtime.log.TopicLog;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.kafka.KafkaUnavailableException;
import org.orrery.bus.wire.Wire;
import org.orrery.bus.wire.WireException;
import org.orrery.contract.command.PutRecord;
import org.orrery.store.Database;
import org.orrery.store.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the put log from Kafka to the table on a thread of its own. Whatever fails is tried again
 * from the stored place. Thread-safe.
 */
final class PutIngest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PutIngest.class);
  private static final int MOST_PER_BATCH = 500;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final long BACK_OFF_MS = 2_000;

  private final KafkaConfig config;
  private final Database database;
  private final PutTable table;
  private final Consumer<String> tell;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable TopicLog open;

  /**
   * Starts at once.
   *
   * @param tell takes what keeps the put log from going on, and an empty text when it goes on
   */
  PutIngest(KafkaConfig config, Database database, PutTable table, Consumer<String> tell) {
    this.config = config;
    this.database = database;
    this.table = table;
    this.tell = tell;
    this.thread = Thread.ofPlatform().daemon().name("archive-put-log").start(this::run);
  }

  private void run() {
    try {
      do {
        try (TopicLog log = open()) {
          open = log;
          tell.accept("");
          carry(log);
        } catch (LogPositions.PositionMovedException e) {
          LOG.info("reading the put log anew: {}", e.getMessage());
        } catch (KafkaUnavailableException | KafkaException | DatabaseException e) {
          tell.accept("the put log waits: " + e.getMessage());
          LOG.debug("the put log waits", e);
        } finally {
          open = null;
        }
      } while (!closing.await(BACK_OFF_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("the put log is interrupted");
    } catch (RuntimeException | Error e) {
      tell.accept("the put log stopped by a bug: " + e);
      LOG.error("the put log stops", e);
    }
  }

  private TopicLog open() throws InterruptedException {
    return TopicLog.open(config, database, KafkaTopics.PUTS, "orrery-put-log", MOST_PER_BATCH);
  }

  private void carry(TopicLog log) {
    while (closing.getCount() > 0) {
      ConsumerRecords<byte[], byte[]> records = log.poll(POLL);
      if (records.isEmpty()) {
        continue;
      }
      List<PutRecord> puts = new ArrayList<>();
      Map<Integer, LogPositions.Span> spans = new HashMap<>();
      for (TopicPartition partition : records.partitions()) {
        List<ConsumerRecord<byte[], byte[]>> here = records.records(partition);
        here.forEach(record -> decode(record, puts));
        spans.put(partition.partition(), LogPositions.Span.of(here));
      }
      table.store(puts, log.positions(), spans);
    }
  }

  private static void decode(ConsumerRecord<byte[], byte[]> record, List<PutRecord> puts) {
    try {
      puts.add(Wire.PUT.decode(record.value()));
    } catch (WireException e) {
      LOG.error(
          "{} at {} is left out of the put log: {}",
          record.topic(),
          record.offset(),
          e.getMessage());
    }
  }

  /** Stores what is in hand, then ends. */
  @Override
  public void close() {
    closing.countDown();
    TopicLog log = open;
    if (log != null) {
      log.wakeUp();
    }
    try {
      if (!thread.join(CLOSE_PATIENCE)) {
        thread.interrupt();
        thread.join(CLOSE_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
