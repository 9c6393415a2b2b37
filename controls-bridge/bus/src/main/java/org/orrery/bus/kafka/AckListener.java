package org.orrery.bus.kafka;

import org.orrery.contract.sample.Sample;

/**
 * Told about every sample that Kafka acknowledged with all its copies: the ledger that a test
 * compares with what is stored. Called on Kafka's I/O thread, in the order of acknowledgement; must
 * be quick and must not throw.
 */
@FunctionalInterface
public interface AckListener {
  /** Keeps no ledger. */
  AckListener NONE = (sample, at) -> {};

  /** The sample is stored there. */
  void acknowledged(Sample sample, Published at);
}
