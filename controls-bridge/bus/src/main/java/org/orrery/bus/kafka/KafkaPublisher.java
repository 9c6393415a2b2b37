package org.orrery.bus.kafka;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishes single records, for outboxes and events. Records of one key are stored in the order of
 * the calls; a record may be stored although its stage failed, so publishing again means at least
 * once. Thread-safe.
 */
public final class KafkaPublisher implements AutoCloseable {
  private final SendLane lane;
  private final int bound;
  private final long patienceNs;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * @param name client id, for example {@code outbox}
   * @param config which Kafka
   * @param patience how long a record is tried before its stage fails
   * @param bound how many records may be under way at once; beyond it stages fail at once
   */
  public KafkaPublisher(String name, KafkaConfig config, Duration patience, int bound) {
    this.lane = new SendLane(name, config, 0, patience);
    this.bound = bound;
    this.patienceNs = patience.toNanos();
  }

  /** For an outbox that tries again by itself: 20 s of patience, 1,000 records under way. */
  public static KafkaPublisher forOutbox(KafkaConfig config) {
    return new KafkaPublisher("outbox", config, Duration.ofSeconds(20), 1_000);
  }

  /**
   * Publishes a record; returns at once. The stage completes on a thread of Kafka's once every copy
   * is stored, and fails with {@link KafkaUnavailableException} when that did not come in time.
   */
  public CompletionStage<Published> publish(KafkaTopic topic, String key, byte[] record) {
    CompletableFuture<Published> result = new CompletableFuture<>();
    if (inFlight.incrementAndGet() > bound) {
      inFlight.decrementAndGet();
      result.completeExceptionally(
          new KafkaUnavailableException(
              "%d records wait for kafka already; %s is not taken".formatted(bound, topic.name())));
      return result;
    }
    result.whenComplete((published, failure) -> inFlight.decrementAndGet());
    long askedNs = System.nanoTime();
    if (!lane.run(() -> send(topic, key, record, askedNs, result))) {
      result.completeExceptionally(new KafkaUnavailableException("the publisher is closed"));
    }
    return result;
  }

  private void send(
      KafkaTopic topic,
      String key,
      byte[] record,
      long askedNs,
      CompletableFuture<Published> result) {
    if (System.nanoTime() - askedNs > patienceNs) {
      result.completeExceptionally(
          new KafkaUnavailableException("kafka did not take earlier records in time"));
      return;
    }
    try {
      lane.awaitTopics();
    } catch (RuntimeException e) {
      // Whatever it is, the record no longer counts as under way.
      result.completeExceptionally(e);
      return;
    }
    lane.send(
        topic.name(),
        key,
        record,
        (metadata, failure) -> {
          if (failure == null) {
            result.complete(
                new Published(metadata.topic(), metadata.partition(), metadata.offset()));
          } else {
            result.completeExceptionally(
                new KafkaUnavailableException(
                    "kafka did not store a record of " + topic.name(), failure));
          }
        });
  }

  /** Records under way now. */
  public int inFlight() {
    return inFlight.get();
  }

  @Override
  public void close() {
    lane.close();
  }
}
