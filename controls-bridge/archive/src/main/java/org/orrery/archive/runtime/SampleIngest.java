package org.orrery.archive.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.core.Lateness;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.archive.runtime.log.TopicLog;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.kafka.KafkaUnavailableException;
import org.orrery.bus.wire.Wire;
import org.orrery.bus.wire.WireException;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.DatabaseException;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries samples from Kafka to the database on a thread of its own. Whatever fails is tried again
 * from the stored position: nothing that Kafka acknowledged is left out, nothing is counted twice.
 * Thread-safe.
 */
final class SampleIngest implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleIngest.class);

  /** Stage name in loss counts. */
  static final String STAGE = "archive";

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final ArchiveConfig config;
  private final Database database;
  private final SampleWriter writer;
  private final ArchiveHealth health;
  private final AtomicLong in = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong pending = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable TopicLog open;

  SampleIngest(ArchiveConfig config, Database database, SampleWriter writer, ArchiveHealth health) {
    this.config = config;
    this.database = database;
    this.writer = writer;
    this.health = health;
    this.thread = Thread.ofPlatform().daemon().name("archive-ingest").start(this::run);
  }

  /**
   * What went through since the start. Samples that were stored already count as out; {@code late}
   * ones are stored like all others, and marked.
   */
  LossCount lossCount() {
    long out = stored.get() + repeated.get();
    return new LossCount(STAGE, in.get(), out, 0, unreadable.get(), late.get(), pending.get());
  }

  /** Samples that came although they were stored already, or may have been before forgetting. */
  long repeated() {
    return repeated.get();
  }

  /** Stores what is in hand if the database is there, then ends. */
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

  private void run() {
    Duration backOff = FIRST_BACK_OFF;
    try {
      while (!isClosing()) {
        long storedBefore = stored.get();
        try (TopicLog log = open()) {
          open = log;
          carry(log);
        } catch (KafkaUnavailableException | DatabaseUnavailableException e) {
          health.waits(String.valueOf(e.getMessage()));
        } catch (LogPositions.PositionMovedException | InvalidOffsetException e) {
          LOG.info("reading anew: {}", e.getMessage());
        } catch (KafkaException | DatabaseException e) {
          if (isClosing()) {
            return;
          }
          LOG.error("the archive met a fault and tries again", e);
          health.waits(String.valueOf(e.getMessage()));
          backOff = MAX_BACK_OFF;
        } finally {
          open = null;
          in.addAndGet(-pending.getAndSet(0)); // they will come again
        }
        backOff = stored.get() > storedBefore ? FIRST_BACK_OFF : min(backOff.multipliedBy(2));
        if (closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("ingest interrupted");
    } catch (RuntimeException | Error e) {
      LOG.error("the archive stops storing", e);
      health.down("stopped by a bug: " + e);
    }
  }

  private TopicLog open() throws InterruptedException {
    return TopicLog.open(
        config.kafka(), database, KafkaTopics.SAMPLES, "orrery-archive", config.maxBatch());
  }

  /** Until closing, or until something fails. */
  private void carry(TopicLog log) {
    Batch batch = new Batch();
    Lateness lateness = new Lateness(); // anew: after trouble the same samples come again
    long firstNs = 0;
    health.up();
    while (!isClosing()) {
      ConsumerRecords<byte[], byte[]> records = log.poll(POLL);
      if (!records.isEmpty() && batch.isEmpty()) {
        firstNs = System.nanoTime();
      }
      take(records, batch, lateness);
      boolean due = System.nanoTime() - firstNs >= config.maxDelay().toNanos();
      if (batch.size() >= config.maxBatch() || (!batch.isEmpty() && due)) {
        store(batch, log);
        batch = new Batch();
      }
    }
    if (!batch.isEmpty()) {
      store(batch, log);
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records, Batch batch, Lateness lateness) {
    for (TopicPartition partition : records.partitions()) {
      var ofPartition = records.records(partition);
      for (ConsumerRecord<byte[], byte[]> record : ofPartition) {
        in.incrementAndGet();
        Sample sample = decode(record);
        if (sample == null) {
          batch.unreadable(partition.partition(), record.offset());
        } else {
          batch.add(sample, lateness.isLate(sample));
        }
        pending.incrementAndGet();
      }
      if (!ofPartition.isEmpty()) {
        batch.cover(partition.partition(), LogPositions.Span.of(ofPartition));
      }
    }
  }

  private void store(Batch batch, TopicLog log) {
    int fresh = writer.write(batch, log.positions());
    stored.addAndGet(fresh);
    repeated.addAndGet(batch.size() - fresh);
    unreadable.addAndGet(batch.unreadable().size());
    late.addAndGet(batch.lateCount());
    pending.set(0);
  }

  private @Nullable Sample decode(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Wire.SAMPLE.decode(record.value());
    } catch (WireException | IllegalArgumentException e) {
      if (unreadable.get() == 0) {
        LOG.warn(
            "record {} of {}-{} is no sample: {}; further ones are only counted",
            record.offset(),
            record.topic(),
            record.partition(),
            e.getMessage());
      }
      return null;
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private static Duration min(Duration duration) {
    return duration.compareTo(MAX_BACK_OFF) < 0 ? duration : MAX_BACK_OFF;
  }
}
