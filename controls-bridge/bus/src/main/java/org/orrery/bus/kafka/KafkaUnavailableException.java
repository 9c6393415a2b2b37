package org.orrery.bus.kafka;

/** Kafka did not take a record, or did not answer, in time; trying again later may help. */
public final class KafkaUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was not possible. */
  public KafkaUnavailableException(String message) {
    super(message);
  }

  /** Says what was not possible, and what Kafka's client said. */
  public KafkaUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
