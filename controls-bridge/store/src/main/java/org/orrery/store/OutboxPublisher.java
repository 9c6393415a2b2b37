package org.orrery.store;

import java.util.concurrent.CompletionStage;

/** Puts a message onto the log; thread-safe. */
@FunctionalInterface
public interface OutboxPublisher {

  /**
   * Publishes. Called in the order of the messages; for one topic and key the log must keep that
   * order, also where it retries.
   *
   * @param topic where it goes
   * @param key its key
   * @param payload the message as it travels
   * @return completes once the log has it durably; a failure leads to a later repetition
   */
  CompletionStage<Void> publish(String topic, String key, byte[] payload);
}
