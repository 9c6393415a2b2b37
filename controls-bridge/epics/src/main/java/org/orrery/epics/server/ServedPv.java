package org.orrery.epics.server;

import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;

/** A PV that is being served. Thread-safe. */
public interface ServedPv extends AutoCloseable {
  /** What it is. */
  PvDefinition definition();

  /** The state posted last. */
  PvState state();

  /**
   * Makes this its state and sends it to all subscribers; returns at once.
   *
   * @throws IllegalArgumentException when the value does not fit the definition
   */
  void post(PvState state);

  /** Posts a state whose alarm, if any, comes from the device. */
  default void post(Value value, Severity severity, String status, long timeNs) {
    post(new PvState(value, severity, severity == Severity.NONE ? 0 : 1, status, timeNs));
  }

  /**
   * Makes this its description and tells it to all subscribers; returns at once.
   *
   * @throws IllegalArgumentException when its values would be of another kind, or the present one
   *     would not fit: such a PV is closed and served anew
   */
  void describe(PvMetadata metadata);

  /** Stops serving it; clients see it go. */
  @Override
  void close();
}
