package org.orrery.alarms.runtime.phoebus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.core.phoebus.PhoebusMessage;
import org.orrery.alarms.core.phoebus.PhoebusTree;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to Phoebus on a thread of its own: reads the whole topic from its beginning, hands over
 * the tree that this gives, then every further message. It belongs to no consumer group, commits
 * nothing and creates no topic. Whatever fails is begun again from the beginning, so that a topic
 * that was made anew leaves nothing of the old one behind. Thread-safe.
 */
final class PhoebusFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PhoebusFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long BACK_OFF_MS = 1_000;
  private static final long MS_NS = 1_000_000L;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final AlarmsConfig.Phoebus config;
  private final WallClock clock;
  private final Listener listener;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable KafkaConsumer<String, String> open;
  private long heardNs = Long.MIN_VALUE;
  private long unreadable;
  private Life life = new Life(false, "");

  PhoebusFeed(AlarmsConfig.Phoebus config, WallClock clock, Listener listener) {
    this.config = config;
    this.clock = clock;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("alarms-phoebus").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * How Phoebus is.
   *
   * @param live whether it can be heard
   * @param trouble what people should know; empty where nothing
   */
  record Life(boolean live, String trouble) {}

  /** Told in order, on the feed's thread. */
  interface Listener {
    /** The whole topic was read. */
    void replayed(PhoebusTree tree);

    /** Something was said after that. */
    void said(List<PhoebusMessage> messages);

    /** Phoebus fell silent or speaks again, or something else is to be known. */
    void life(Life life);
  }

  @Override
  public void close() {
    closing.countDown();
    KafkaConsumer<String, String> consumer = open;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  private void run() {
    while (!isClosing()) {
      try (KafkaConsumer<String, String> consumer = consumer()) {
        open = consumer;
        listen(consumer);
      } catch (WakeupException | InterruptException e) {
        if (!isClosing()) {
          LOG.warn("reading of Phoebus was interrupted and begins again", e);
        }
      } catch (KafkaException e) {
        tell(new Life(false, away(e)));
      } catch (RuntimeException e) {
        LOG.error("reading of Phoebus failed and begins again", e);
        tell(new Life(false, "reading Phoebus' alarms failed (" + e + "); report it"));
      } finally {
        open = null;
      }
      pause();
    }
  }

  private String away(KafkaException e) {
    return e instanceof TimeoutException
        ? "Phoebus' Kafka at " + config.servers() + " does not answer"
        : "Phoebus' Kafka at " + config.servers() + " refuses (" + e.getMessage() + ")";
  }

  private void pause() {
    try {
      if (!closing.await(BACK_OFF_MS, TimeUnit.MILLISECONDS)) {
        LOG.debug("reading Phoebus begins again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(KafkaConsumer<String, String> consumer) {
    List<PartitionInfo> partitions = consumer.partitionsFor(config.config(), ANSWER);
    if (partitions == null || partitions.size() != 1) {
      int count = partitions == null ? 0 : partitions.size();
      tell(
          new Life(
              false,
              count == 0
                  ? "Phoebus' topic '%s' is not on %s; correct alarms.phoebus.config"
                      .formatted(config.config(), config.servers())
                  : ("Phoebus' topic '%s' has %d partitions, which keeps no order between settings"
                          + " and states; Phoebus makes it with one")
                      .formatted(config.config(), count)));
      return;
    }
    TopicPartition states = new TopicPartition(config.config(), 0);
    List<TopicPartition> commands =
        Optional.ofNullable(consumer.partitionsFor(config.commands(), ANSWER))
            .orElse(List.of())
            .stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    List<TopicPartition> all = new ArrayList<>(commands);
    all.add(states);
    consumer.assign(all);
    consumer.seekToBeginning(List.of(states));
    consumer.seekToEnd(commands);
    replay(consumer, states);
    while (!isClosing()) {
      List<PhoebusMessage> said = decode(consumer.poll(POLL), false);
      if (!said.isEmpty()) {
        listener.said(said);
      }
      lookWhetherItLives(consumer, states);
    }
  }

  private void replay(KafkaConsumer<String, String> consumer, TopicPartition states) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(List.of(states), ANSWER);
    long end = ends.getOrDefault(states, 0L);
    PhoebusTree tree = new PhoebusTree();
    while (consumer.position(states, ANSWER) < end && !isClosing()) {
      decode(consumer.poll(POLL), true).forEach(tree::apply);
    }
    if (!isClosing()) {
      listener.replayed(tree);
      lookWhetherItLives(consumer, states);
    }
  }

  private List<PhoebusMessage> decode(ConsumerRecords<String, String> records, boolean replay) {
    List<PhoebusMessage> messages = new ArrayList<>();
    for (ConsumerRecord<String, String> record : records) {
      if (PhoebusJson.isState(record.key()) && record.value() != null) {
        // What was written long ago does not show that the server lives today; what comes in now
        // does, however its clock goes.
        long nowNs = clock.nowNs();
        heardNs = replay ? Math.max(heardNs, Math.min(nowNs, record.timestamp() * MS_NS)) : nowNs;
      }
      try {
        PhoebusJson.decode(record.key(), record.value()).ifPresent(messages::add);
      } catch (PhoebusJson.UnreadableException e) {
        unreadable++;
        LOG.warn("offset {} of {}: {}", record.offset(), record.topic(), e.getMessage());
      }
    }
    return messages;
  }

  private void lookWhetherItLives(KafkaConsumer<String, String> consumer, TopicPartition states) {
    String lost =
        unreadable == 0
            ? ""
            : unreadable + " messages of Phoebus were not understood; alarms may be missing";
    boolean silent =
        heardNs == Long.MIN_VALUE || clock.nowNs() - heardNs > config.silenceMs() * MS_NS;
    if (!silent) {
      tell(new Life(true, lost));
      return;
    }
    if (!life.live() && life.trouble().contains("silent")) {
      return;
    }
    // Which of the two is away decides whom to call; this throws where the broker is.
    consumer.endOffsets(List.of(states), ANSWER);
    tell(
        new Life(
            false,
            "Phoebus' alarm server has been silent for more than "
                + config.silenceMs() / 1_000
                + " s; its alarms are shown as they were"));
  }

  private void tell(Life next) {
    if (!next.equals(life)) {
      life = next;
      listener.life(next);
    }
  }

  private KafkaConsumer<String, String> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.servers(),
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
            false,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.CLIENT_ID_CONFIG,
            "orrery-alarms-phoebus"),
        new StringDeserializer(),
        new StringDeserializer());
  }
}
