package org.orrery.archive.runtime.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaUnavailableException;

/**
 * Which topic of which cluster is read, and whether it still is that one: the offsets of a topic
 * that was deleted and made anew look like the old ones, and a consumer goes on among them. Belongs
 * to one thread.
 */
final class TopicWatch implements AutoCloseable {
  private static final long PATIENCE_MS = 10_000;

  /** How long reading may go on in another topic; what was passed over is read then. */
  private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(5);

  private final Admin admin;
  private final String topic;
  private final String cluster;
  private final String topicId;
  private @Nullable CompletableFuture<Map<String, TopicDescription>> question;
  private long askedNs = System.nanoTime();

  private TopicWatch(Admin admin, String topic, String cluster, String topicId) {
    this.admin = admin;
    this.topic = topic;
    this.cluster = cluster;
    this.topicId = topicId;
  }

  /**
   * Asks which topic it is.
   *
   * @throws KafkaUnavailableException when Kafka does not answer
   */
  static TopicWatch open(KafkaConfig config, String topic, String client)
      throws InterruptedException {
    Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                config.bootstrapServers(),
                AdminClientConfig.CLIENT_ID_CONFIG,
                client + "-admin",
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                1_000L));
    try {
      String cluster = admin.describeCluster().clusterId().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
      String topicId = id(describe(admin, topic).get(PATIENCE_MS, TimeUnit.MILLISECONDS), topic);
      return new TopicWatch(admin, topic, cluster, topicId);
    } catch (ExecutionException | TimeoutException e) {
      admin.close(Duration.ZERO);
      throw new KafkaUnavailableException("kafka does not tell its cluster id and topics", e);
    } catch (InterruptedException e) {
      admin.close(Duration.ZERO);
      throw e;
    }
  }

  private static CompletableFuture<Map<String, TopicDescription>> describe(
      Admin admin, String topic) {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .toCompletionStage()
        .toCompletableFuture();
  }

  private static String id(Map<String, TopicDescription> topics, String topic) {
    return Objects.requireNonNull(topics.get(topic)).topicId().toString();
  }

  String cluster() {
    return cluster;
  }

  String topicId() {
    return topicId;
  }

  /**
   * Returns at once; asks from time to time.
   *
   * @throws LogPositions.PositionMovedException once it is known that the topic is another one
   */
  void check() {
    CompletableFuture<Map<String, TopicDescription>> asked = question;
    if (asked == null) {
      if (System.nanoTime() - askedNs >= EVERY_NS) {
        askedNs = System.nanoTime();
        question = describe(admin, topic);
      }
      return;
    }
    if (!asked.isDone()) {
      return;
    }
    question = null;
    try {
      if (!id(asked.join(), topic).equals(topicId)) {
        throw new LogPositions.PositionMovedException(topic + " was made anew");
      }
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new LogPositions.PositionMovedException(topic + " was deleted");
      }
      // Kafka is away: it is asked again.
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
