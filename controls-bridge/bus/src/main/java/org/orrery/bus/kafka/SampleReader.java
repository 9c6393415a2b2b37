package org.orrery.bus.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.SampleFeed.FeedOptions;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.wire.Wire;
import org.orrery.bus.wire.WireException;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscriber's way through the log of samples, on a thread of its own, under a consumer group
 * of its own. A position is committed once every sample before it was taken and done with, or
 * squashed and counted, and none waits: newer ones are squashed and done with before older ones. So
 * a restart brings some again and skips none.
 */
final class SampleReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SampleReader.class);

  /** How old the newest read sample may be before reading no longer waits for credit, wall ms. */
  static final long MOST_LAG_MS = 30_000;

  /** What is older than this when a subscriber comes back is skipped and counted, wall ms. */
  static final long MOST_BACKLOG_MS = 600_000;

  private static final int MOST_RECORDS = 2_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long COMMIT_MS = 1_000;
  private static final long WAIT_MS = 10;
  private static final long PAUSE_MS = 1_000;

  /** Up to here in the log, so many samples had been offered. */
  private record Mark(long offered, Map<TopicPartition, OffsetAndMetadata> positions) {}

  private final KafkaConfig config;
  private final WallClock wallClock;
  private final FeedOptions options;
  private final LocalSampleFeed queue;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();
  private volatile @Nullable KafkaConsumer<String, byte[]> open;
  private long offered;
  private long committedMs;

  SampleReader(
      Vertx vertx,
      Facility facility,
      KafkaConfig config,
      WallClock wallClock,
      FeedOptions options,
      Function<SampleBatch, Future<Void>> handler) {
    this.config = config;
    this.wallClock = wallClock;
    this.options = options;
    this.queue = new LocalSampleFeed(vertx, facility);
    queue.subscribe(options, handler);
    this.thread =
        Thread.ofPlatform().name("orrery-log-" + options.name()).daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  List<LossCount> lossCounts() {
    long gone = skipped.get();
    long bad = unreadable.get();
    long came = read.get();
    LossCount log =
        new LossCount("log." + options.name(), came + gone, came - bad, 0, gone + bad, 0, 0);
    return List.of(log, queue.lossCounts().getFirst());
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<String, byte[]> consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }

  private void run() {
    String complaint = "";
    while (!isClosed()) {
      try {
        KafkaTopics.ensure(config, LogReader.TIMEOUT);
        try (KafkaConsumer<String, byte[]> consumer =
            LogReader.open(config, "orrery-" + options.name(), MOST_RECORDS)) {
          open = consumer;
          seek(consumer);
          complaint = "";
          follow(consumer);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (WakeupException e) {
        LOG.debug("{} no longer reads the log", options.name());
      } catch (KafkaException | KafkaUnavailableException | IllegalStateException e) {
        String now = String.valueOf(e.getMessage());
        if (!now.equals(complaint)) {
          LOG.warn("{} cannot read samples from kafka: {}; trying on", options.name(), now);
        }
        complaint = now;
        pause(PAUSE_MS);
      }
    }
  }

  private void pause(long ms) {
    try {
      if (closing.await(ms, TimeUnit.MILLISECONDS)) {
        LOG.debug("{} no longer reads the log", options.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Goes to where this life had got to, else to the committed positions; what is too old by now is
   * skipped and counted.
   */
  private void seek(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions = LogReader.partitions(List.of(KafkaTopics.SAMPLES));
    consumer.assign(partitions);
    if (!reached.isEmpty()) {
      reached.forEach(consumer::seek);
      return;
    }
    long oldestMs = wallClock.nowNs() / 1_000_000 - MOST_BACKLOG_MS;
    Map<TopicPartition, Long> youngEnough =
        LogReader.at(consumer, partitions, partition -> oldestMs);
    Map<TopicPartition, OffsetAndMetadata> committed =
        consumer.committed(java.util.Set.copyOf(partitions), LogReader.TIMEOUT);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LogReader.TIMEOUT);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata before = committed.get(partition);
      long end = ends.getOrDefault(partition, 0L);
      long oldest = youngEnough.getOrDefault(partition, end);
      long from = before == null ? end : Math.clamp(before.offset(), Math.min(oldest, end), end);
      if (before != null && from > before.offset()) {
        skipped.addAndGet(from - before.offset());
        LOG.warn(
            "{} was away for long: {} samples of {} are skipped",
            options.name(),
            from - before.offset(),
            partition);
      }
      consumer.seek(partition, from);
      reached.put(partition, from);
    }
  }

  private void follow(KafkaConsumer<String, byte[]> consumer) {
    while (!isClosed()) {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      long newestMs = Long.MIN_VALUE;
      for (ConsumerRecord<String, byte[]> record : records) {
        offer(record);
        newestMs = Math.max(newestMs, record.timestamp());
      }
      if (!records.isEmpty()) {
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        records
            .partitions()
            .forEach(
                p -> {
                  reached.put(p, consumer.position(p));
                  positions.put(p, new OffsetAndMetadata(consumer.position(p)));
                });
        marks.add(new Mark(offered, positions));
        awaitCredit(newestMs);
      }
      commit(consumer);
    }
  }

  private void offer(ConsumerRecord<String, byte[]> record) {
    read.incrementAndGet();
    Sample sample;
    try {
      sample = Wire.SAMPLE.decode(record.value());
    } catch (WireException e) {
      if (unreadable.getAndIncrement() == 0) {
        LOG.error("a sample in kafka cannot be read; further ones are only counted", e);
      }
      return;
    }
    if (options.wanted().test(sample.channel())) {
      queue.publish(sample);
      offered++;
    }
  }

  /** Lets Kafka keep what the subscriber cannot take, unless it is too far behind for that. */
  private void awaitCredit(long newestMs) {
    while (!isClosed()
        && queue.lossCounts().getFirst().pending() > options.queueBound() / 2
        && wallClock.nowNs() / 1_000_000 - newestMs < MOST_LAG_MS) {
      pause(WAIT_MS);
    }
  }

  private void commit(KafkaConsumer<String, byte[]> consumer) {
    long settled = queue.settled().getFirst();
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    long nowMs = wallClock.nowNs() / 1_000_000;
    if (nowMs - committedMs < COMMIT_MS) {
      return;
    }
    while (!marks.isEmpty() && marks.getFirst().offered() <= settled) {
      positions.putAll(marks.removeFirst().positions());
    }
    if (!positions.isEmpty()) {
      consumer.commitAsync(positions, null);
      committedMs = nowMs;
    }
  }
}
