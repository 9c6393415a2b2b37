package org.orrery.app.run;

import java.util.Optional;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.bus.kafka.KafkaPublisher;
import org.orrery.bus.kafka.KafkaTopic;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.time.WallClock;
import org.orrery.store.OutboxPump;

/**
 * Carries the database's outbox to Kafka, which store and bus may not do for each other. Not
 * thread-safe.
 */
final class OutboxLink implements AutoCloseable {
  private final KafkaPublisher publisher;
  private final OutboxPump pump;
  private final WallClock wallClock;
  private String lastProblem = "";
  private long sinceNs;

  /** Begins at once; waits for the database and the broker by itself. */
  OutboxLink(Children children, KafkaConfig kafka, WallClock wallClock) {
    this.wallClock = wallClock;
    sinceNs = wallClock.nowNs();
    publisher = KafkaPublisher.forOutbox(kafka);
    pump =
        new OutboxPump(
            children.store(),
            (topic, key, payload) ->
                publisher.publish(topicOf(topic), key, payload).thenApply(done -> null));
  }

  private static KafkaTopic topicOf(String name) {
    Optional<KafkaTopic> topic =
        KafkaTopics.ALL.stream().filter(t -> t.name().equals(name)).findFirst();
    return topic.orElseThrow(
        () -> new IllegalArgumentException("no Kafka topic " + name + "; see KafkaTopics"));
  }

  /** How the link is: degraded while nothing can be carried, with the reason. */
  RoomHealth health() {
    String problem = pump.problem();
    if (problem.isEmpty() != lastProblem.isEmpty()) {
      sinceNs = wallClock.nowNs();
    }
    lastProblem = problem;
    return new RoomHealth(
        "outbox",
        problem.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED,
        problem.isEmpty() ? "" : "proposals and audit wait for Kafka: " + problem,
        sinceNs);
  }

  @Override
  public void close() {
    pump.close();
    publisher.close();
  }
}
