package org.orrery.bus.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One idempotent producer with the one thread that sends on it: {@code Producer.send} blocks while
 * Kafka does not answer, which no event loop may. Before the first record the topics are made.
 * Thread-safe.
 */
final class SendLane implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SendLane.class);

  /** Header that names the process that wrote a record, where there are several. */
  static final String PROCESS = "process";

  private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(10);
  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 2_000;

  /**
   * A plan of 5,000 steps takes some 5 MB before it is compressed; the broker looks at what is left
   * then, which is well below its limit of 1 MB.
   */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final KafkaConfig config;
  private final Duration patience;
  private final ExecutorService thread;
  private final Producer<String, byte[]> producer;
  private final TopicMaker topics;
  private final CountDownLatch closing = new CountDownLatch(1);
  // Only the lane's own thread touches these two.
  private boolean topicsReady;
  private String topicsComplaint = "";

  /** Makes what topics are missing. */
  interface TopicMaker {
    /**
     * Blocks; doing it again is harmless.
     *
     * @throws KafkaUnavailableException if Kafka does not answer
     */
    void ensure() throws InterruptedException;
  }

  /**
   * @param name client id and thread name
   * @param lingerMs how long a record may wait for company
   * @param patience how long a record is tried before it is given up
   */
  SendLane(String name, KafkaConfig config, int lingerMs, Duration patience) {
    this(name, config, lingerMs, patience, () -> KafkaTopics.ensure(config, TOPICS_TIMEOUT));
  }

  SendLane(String name, KafkaConfig config, int lingerMs, Duration patience, TopicMaker topics) {
    this.topics = topics;
    this.config = config;
    this.patience = patience;
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("orrery-" + name).daemon(true).factory());
    this.producer =
        new KafkaProducer<>(
            settings(name, config, lingerMs, patience),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  private static Map<String, Object> settings(
      String name, KafkaConfig config, int lingerMs, Duration patience) {
    long patienceMs = Math.min(patience.toMillis(), Integer.MAX_VALUE);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "orrery-" + name);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MOST_BYTES);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        (int) Math.max(patienceMs, (long) lingerMs + REQUEST_TIMEOUT_MS));
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000L);
    settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    return settings;
  }

  /**
   * Runs work that sends on the lane's thread, after all work handed in before; false when the lane
   * is closed.
   */
  boolean run(Runnable work) {
    try {
      thread.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /**
   * Makes the topics if that is still to be done; call it on the lane's thread. Tries again up to
   * the patience, whatever the failure, with pauses that grow.
   *
   * @throws KafkaUnavailableException if Kafka did not answer for that long, or the lane was closed
   *     meanwhile
   */
  void awaitTopics() {
    long deadlineNs = System.nanoTime() + patience.toNanos();
    long pauseMs = FIRST_PAUSE_MS;
    while (!topicsReady) {
      String complaint;
      try {
        topics.ensure();
        topicsReady = true;
        return;
      } catch (KafkaUnavailableException e) {
        complaint = "";
      } catch (RuntimeException e) {
        complaint = e instanceof IllegalStateException ? String.valueOf(e.getMessage()) : reason(e);
      } catch (InterruptedException e) {
        throw closedMeanwhile(e);
      }
      if (!complaint.equals(topicsComplaint)) {
        topicsComplaint = complaint;
        if (!complaint.isEmpty()) {
          LOG.error("kafka topics cannot be made, or do not fit: {}", complaint);
        }
      }
      if (isClosedAfter(pauseMs, deadlineNs) || System.nanoTime() > deadlineNs) {
        throw new KafkaUnavailableException(
            complaint.isEmpty()
                ? "kafka at " + config.bootstrapServers() + " does not answer"
                : complaint);
      }
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }

  /** Pauses, not beyond the deadline; true once the lane is closed. */
  private boolean isClosedAfter(long pauseMs, long deadlineNs) {
    long leftMs = Math.max(0, TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime()) + 1);
    try {
      return closing.await(Math.min(pauseMs, leftMs), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw closedMeanwhile(e);
    }
  }

  private static KafkaUnavailableException closedMeanwhile(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new KafkaUnavailableException("the relay to kafka was closed", e);
  }

  /** Sends; call it on the lane's thread. The callback is called exactly once, whatever happens. */
  void send(String topic, String key, byte[] record, Callback callback) {
    try {
      ProducerRecord<String, byte[]> whole = new ProducerRecord<>(topic, key, record);
      if (!config.process().isEmpty()) {
        whole.headers().add(PROCESS, config.process().getBytes(StandardCharsets.UTF_8));
      }
      producer.send(whole, callback);
    } catch (InterruptException e) {
      callback.onCompletion(null, e);
    } catch (RuntimeException e) {
      callback.onCompletion(null, e);
    }
  }

  /** Ends the lane: what is not acknowledged within the given time never will be. */
  void close(Duration grace) {
    closing.countDown();
    thread.shutdown();
    producer.close(grace);
    thread.shutdownNow();
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(2));
  }

  static String reason(@Nullable Exception failure) {
    return failure == null
        ? "unknown"
        : failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
