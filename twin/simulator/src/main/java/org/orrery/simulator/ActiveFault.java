package org.orrery.simulator;

import org.orrery.simulator.fault.Fault;

/**
 * Ground truth about a fault that is going on. Immutable.
 *
 * @param fault what was started
 * @param onsetNs plant time of the onset, nanoseconds since the epoch
 */
public record ActiveFault(Fault fault, long onsetNs) {
  /** Returns the root cause in plain words. */
  public String cause() {
    return fault.truth().cause();
  }
}
