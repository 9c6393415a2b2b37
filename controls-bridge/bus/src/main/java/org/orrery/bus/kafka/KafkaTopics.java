package org.orrery.bus.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Every Kafka topic there is, and their creation. Stateless. */
public final class KafkaTopics {
  /** Samples, keyed by channel: the order of one channel is kept. */
  public static final KafkaTopic SAMPLES = new KafkaTopic("orrery.samples", 4, Duration.ofDays(7));

  /** Alarm transitions, keyed by channel and kind. */
  public static final KafkaTopic ALARMS = new KafkaTopic("orrery.alarms", 1, Duration.ofDays(365));

  /** Findings, keyed by id. */
  public static final KafkaTopic FINDINGS =
      new KafkaTopic("orrery.findings", 1, Duration.ofDays(365));

  /** Diagnoses, keyed by id. */
  public static final KafkaTopic DIAGNOSES =
      new KafkaTopic("orrery.diagnoses", 1, Duration.ofDays(365));

  /** Changes of proposals, keyed by proposal. */
  public static final KafkaTopic PROPOSALS =
      new KafkaTopic("orrery.proposals", 1, Duration.ofDays(365));

  /** Entries of the hash-chained record, keyed by subject. */
  public static final KafkaTopic AUDIT = new KafkaTopic("orrery.audit", 1, Duration.ofDays(365));

  /** Histograms of the detector's monitor, keyed by id: some 1 MB compressed an interval. */
  public static final KafkaTopic HISTOGRAMS =
      new KafkaTopic("orrery.histograms", 4, Duration.ofDays(2));

  /** The put log, keyed by command: at least once, of one command the highest sequence counts. */
  public static final KafkaTopic PUTS = new KafkaTopic("orrery.puts", 1, Duration.ofDays(365));

  /** All of them. */
  public static final List<KafkaTopic> ALL =
      List.of(SAMPLES, ALARMS, FINDINGS, DIAGNOSES, PROPOSALS, AUDIT, HISTOGRAMS, PUTS);

  private KafkaTopics() {}

  /**
   * Creates the topics that are missing and checks the partition counts of those that exist.
   * Blocks; running it again is harmless.
   *
   * @throws KafkaUnavailableException if the broker does not answer within the timeout
   * @throws IllegalStateException if a topic exists with another partition count; the message names
   *     it
   */
  public static void ensure(KafkaConfig config, Duration timeout) throws InterruptedException {
    long timeoutMs = timeout.toMillis();
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "orrery-topics",
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) Math.min(timeoutMs, 10_000),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) timeoutMs,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            1_000L);
    try (Admin admin = Admin.create(settings)) {
      Set<String> existing = admin.listTopics().names().get(timeoutMs, TimeUnit.MILLISECONDS);
      create(admin, config, existing, timeoutMs);
      check(admin, timeoutMs);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaUnavailableException(
          "kafka at " + config.bootstrapServers() + " does not answer", e);
    }
  }

  private static void create(Admin admin, KafkaConfig config, Set<String> existing, long timeoutMs)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<NewTopic> missing = new ArrayList<>();
    for (KafkaTopic topic : ALL) {
      if (!existing.contains(topic.name())) {
        missing.add(
            new NewTopic(topic.name(), topic.partitions(), (short) config.replication())
                .configs(
                    Map.of(
                        TopicConfig.RETENTION_MS_CONFIG,
                        Long.toString(topic.retention().toMillis()))));
      }
    }
    try {
      admin.createTopics(missing).all().get(timeoutMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      // Another process of ours may have been quicker.
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static void check(Admin admin, long timeoutMs)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, TopicDescription> found =
        admin
            .describeTopics(ALL.stream().map(KafkaTopic::name).toList())
            .allTopicNames()
            .get(timeoutMs, TimeUnit.MILLISECONDS);
    String wrong =
        ALL.stream()
            .filter(topic -> partitions(found, topic) != topic.partitions())
            .map(
                topic ->
                    "%s has %d partitions and must have %d"
                        .formatted(topic.name(), partitions(found, topic), topic.partitions()))
            .collect(Collectors.joining("; "));
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          wrong + "; keys would change their partition: create the topic anew and replay into it");
    }
  }

  private static int partitions(Map<String, TopicDescription> found, KafkaTopic topic) {
    TopicDescription description = found.get(topic.name());
    return description == null ? 0 : description.partitions().size();
  }
}
