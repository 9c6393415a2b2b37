package org.orrery.app.run;

import java.util.Optional;
import org.orrery.bus.kafka.KafkaPublisher;
import org.orrery.bus.kafka.KafkaTopic;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.store.OutboxPump;

/** Carries the database's outbox to Kafka, which store and bus may not do for each other. */
final class OutboxLink implements AutoCloseable {
  private final KafkaPublisher publisher;
  private final OutboxPump pump;

  /** Begins at once; waits for the database and the broker by itself. */
  OutboxLink(Children children) {
    publisher = KafkaPublisher.forOutbox(children.kafka());
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

  @Override
  public void close() {
    pump.close();
    publisher.close();
  }
}
