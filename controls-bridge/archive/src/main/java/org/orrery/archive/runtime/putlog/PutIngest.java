package org.orrery.archive.runtime.putlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.kafka.KafkaUnavailableException;
import org.orrery.bus.wire.Wire;
import org.orrery.bus.wire.WireException;
import org.orrery.contract.command.PutRecord;
import org.orrery.store.DatabaseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the put log from Kafka to the table on a thread of its own. Whatever fails is tried again
 * from the stored place. Thread-safe.
 */
final class PutIngest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PutIngest.class);
  private static final String TOPIC = KafkaTopics.PUTS.name();
  private static final TopicPartition ONLY = new TopicPartition(TOPIC, 0);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final long BACK_OFF_MS = 2_000;

  private final KafkaConfig config;
  private final PutTable table;
  private final Consumer<String> tell;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> open;

  /**
   * Starts at once.
   *
   * @param tell takes what keeps the put log from going on, and an empty text when it goes on
   */
  PutIngest(KafkaConfig config, PutTable table, Consumer<String> tell) {
    this.config = config;
    this.table = table;
    this.tell = tell;
    this.thread = Thread.ofPlatform().daemon().name("archive-put-log").start(this::run);
  }

  private void run() {
    try {
      do {
        try {
          carry();
        } catch (WakeupException e) {
          LOG.debug("the put log ends");
        } catch (KafkaUnavailableException | KafkaException | DatabaseException e) {
          tell.accept("the put log waits: " + e.getMessage());
          LOG.debug("the put log waits", e);
        }
      } while (!closing.await(BACK_OFF_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("the put log is interrupted");
    } catch (RuntimeException | Error e) {
      tell.accept("the put log stopped by a bug: " + e);
      LOG.error("the put log stops", e);
    }
  }

  private void carry() throws InterruptedException {
    KafkaTopics.ensure(config, TIMEOUT);
    String cluster = cluster();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      open = consumer;
      consumer.assign(List.of(ONLY));
      long next = seek(consumer, cluster);
      tell.accept("");
      while (closing.getCount() > 0) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
          continue;
        }
        List<PutRecord> puts = new ArrayList<>();
        long after = next;
        for (ConsumerRecord<byte[], byte[]> record : records) {
          decode(record, puts);
          after = record.offset() + 1;
        }
        if (!table.store(puts, cluster, TOPIC, next, after)) {
          return;
        }
        next = after;
      }
    } finally {
      open = null;
    }
  }

  /** Where the log no longer has what is due, it goes on with what it has, and says so. */
  private long seek(KafkaConsumer<byte[], byte[]> consumer, String cluster) {
    long begin = consumer.beginningOffsets(List.of(ONLY), TIMEOUT).getOrDefault(ONLY, 0L);
    long end = consumer.endOffsets(List.of(ONLY), TIMEOUT).getOrDefault(ONLY, begin);
    long stored = table.position(cluster, TOPIC, begin);
    long at = Math.clamp(stored, begin, Math.max(begin, end));
    if (at != stored) {
      LOG.error("{}: the log has {} to {}, not {}; going on at {}", TOPIC, begin, end, stored, at);
      table.store(List.of(), cluster, TOPIC, stored, at);
    }
    consumer.seek(ONLY, at);
    return at;
  }

  private static void decode(ConsumerRecord<byte[], byte[]> record, List<PutRecord> puts) {
    try {
      puts.add(Wire.PUT.decode(record.value()));
    } catch (WireException e) {
      LOG.error("{} at {} is left out of the put log: {}", TOPIC, record.offset(), e.getMessage());
    }
  }

  private String cluster() throws InterruptedException {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.bootstrapServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                "orrery-put-log-admin"))) {
      return admin.describeCluster().clusterId().get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaUnavailableException("kafka does not tell its cluster id", e);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "orrery-put-log");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }

  /** Stores what is in hand, then ends. */
  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<byte[], byte[]> consumer = open;
    if (consumer != null) {
      consumer.wakeup();
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
