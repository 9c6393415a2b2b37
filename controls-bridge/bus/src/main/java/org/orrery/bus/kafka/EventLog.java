package org.orrery.bus.kafka;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.bus.wire.Wire;
import org.orrery.bus.wire.WireCodec;
import org.orrery.bus.wire.WireException;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what other processes put into Kafka's topics to the bus of this one. At its start it reads
 * back a while and hands on the newest of each key, which is the present state as far as the log
 * knows it, also where the process that said it is away; from there on it hands on everything, in
 * order. One verticle instance.
 */
public final class EventLog extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MOST_RECORDS = 500;
  private static final long PAUSE_MS = 1_000;

  /** Takes what others said; from any thread. */
  public interface Sink {
    /** Hands a message on inside this process. */
    <T> void handOn(Topic<T> topic, T message);

    /**
     * Since when the present life of a process goes on, wall ms; empty where it is not known to be
     * there.
     *
     * @param process its name as it stands in records
     */
    OptionalLong aliveSinceMs(String process);
  }

  /** A finding that goes on, as far as the process that made it has said. */
  private record Active(Finding finding, String process, long atMs) {}

  /** What is read, and how far back for the present state. */
  private record Logged<T>(KafkaTopic from, Topic<T> to, WireCodec<T> codec, Duration back) {}

  private static final Map<String, Logged<?>> ALL =
      List.<Logged<?>>of(
              new Logged<>(
                  KafkaTopics.ALARMS,
                  Topics.ALARM_TRANSITIONS,
                  Wire.ALARM_TRANSITION,
                  Duration.ofHours(24)),
              new Logged<>(
                  KafkaTopics.FINDINGS, Topics.FINDINGS, Wire.FINDING, Duration.ofHours(24)),
              // What was diagnosed longer ago must not lead to a proposal now.
              new Logged<>(
                  KafkaTopics.DIAGNOSES, Topics.DIAGNOSES, Wire.DIAGNOSIS, Duration.ofMinutes(5)),
              new Logged<>(
                  KafkaTopics.HISTOGRAMS, Topics.DQM_HISTOGRAMS, Wire.HISTOGRAM, Duration.ZERO))
          .stream()
          .collect(Collectors.toMap(logged -> logged.from().name(), Function.identity()));

  private final KafkaConfig config;
  private final WallClock wallClock;
  private final Sink sink;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable KafkaConsumer<String, byte[]> open;
  private final Map<FindingId, Active> active = new HashMap<>();
  private boolean complained;

  /**
   * @param config which Kafka, and the name of this process, whose own records are left out
   * @param wallClock tells how far back to read
   * @param sink takes what others said
   */
  public EventLog(KafkaConfig config, WallClock wallClock, Sink sink) {
    this.config = config;
    this.wallClock = wallClock;
    this.sink = sink;
  }

  @Override
  public Future<?> start() {
    Thread.ofPlatform().name("orrery-event-log").daemon(true).start(this::run);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    closing.countDown();
    KafkaConsumer<String, byte[]> consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
    return Future.succeededFuture();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        KafkaTopics.ensure(config, LogReader.TIMEOUT);
        try (KafkaConsumer<String, byte[]> consumer =
            LogReader.open(config, "orrery-events-" + config.process(), MOST_RECORDS)) {
          open = consumer;
          present(consumer);
          complained = false;
          while (closing.getCount() > 0) {
            consumer.poll(POLL).forEach(this::handOn);
            endOrphans();
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (WakeupException e) {
        LOG.debug("events are no longer read");
      } catch (KafkaException | KafkaUnavailableException | IllegalStateException e) {
        complain(e);
        pause();
      }
    }
  }

  private void complain(RuntimeException e) {
    if (!complained) {
      LOG.warn("events of other processes cannot be read: {}; trying on", e.getMessage());
    }
    complained = true;
  }

  private void pause() {
    try {
      if (closing.await(PAUSE_MS, TimeUnit.MILLISECONDS)) {
        LOG.debug("events are no longer read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hands on the newest of each key of the time looked back on, the oldest first. */
  private void present(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        LogReader.partitions(ALL.values().stream().map(Logged::from).toList());
    consumer.assign(partitions);
    long nowMs = wallClock.nowNs() / 1_000_000;
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LogReader.TIMEOUT);
    LogReader.at(consumer, partitions, partition -> nowMs - backMs(partition.topic()))
        .forEach(consumer::seek);
    Map<String, ConsumerRecord<String, byte[]>> newest = new LinkedHashMap<>();
    while (closing.getCount() > 0
        && partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<String, byte[]> record : records) {
        if (isOfOthers(record)) {
          newest.remove(record.topic() + " " + record.key());
          newest.put(record.topic() + " " + record.key(), record);
        }
      }
    }
    newest.values().forEach(this::handOn);
  }

  private static long backMs(String topic) {
    Logged<?> logged = ALL.get(topic);
    return logged == null ? 0 : logged.back().toMillis();
  }

  private void handOn(ConsumerRecord<String, byte[]> record) {
    Logged<?> logged = ALL.get(record.topic());
    if (logged != null && isOfOthers(record)) {
      handOn(logged, record);
    }
  }

  private <T> void handOn(Logged<T> logged, ConsumerRecord<String, byte[]> record) {
    try {
      T message = logged.codec().decode(record.value());
      if (message instanceof Finding finding) {
        note(finding, record);
      }
      sink.handOn(logged.to(), message);
    } catch (WireException e) {
      LOG.error("record {} of {} is left out", record.offset(), record.topic(), e);
    }
  }

  private void note(Finding finding, ConsumerRecord<String, byte[]> record) {
    if (finding.active()) {
      active.put(finding.id(), new Active(finding, writer(record).orElse(""), record.timestamp()));
    } else {
      active.remove(finding.id());
    }
  }

  /**
   * A detector begins anew with its process and will never say that its earlier findings are over,
   * so that is said for it once the process is there again.
   */
  private void endOrphans() {
    for (Active one : List.copyOf(active.values())) {
      OptionalLong since = sink.aliveSinceMs(one.process());
      if (since.isPresent() && since.getAsLong() > one.atMs()) {
        active.remove(one.finding().id());
        sink.handOn(Topics.FINDINGS, ended(one.finding()));
      }
    }
  }

  private static Finding ended(Finding finding) {
    return new Finding(
        finding.id(),
        finding.detector(),
        finding.title(),
        finding.channels(),
        finding.fromNs(),
        finding.toNs(),
        finding.score(),
        finding.pValue(),
        finding.completeness(),
        finding.evidence(),
        false,
        finding.provenance());
  }

  /** What an earlier life of this process said is not its word any more. */
  private boolean isOfOthers(ConsumerRecord<String, byte[]> record) {
    return writer(record).filter(name -> !name.equals(config.process())).isPresent();
  }

  private static Optional<String> writer(ConsumerRecord<?, ?> record) {
    return Optional.ofNullable(record.headers().lastHeader(SendLane.PROCESS))
        .map(header -> new String(header.value(), StandardCharsets.UTF_8));
  }
}
