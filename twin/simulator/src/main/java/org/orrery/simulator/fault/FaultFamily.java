package org.orrery.simulator.fault;

import java.util.List;

/** The faults of one subsystem. Stateless. */
interface FaultFamily {
  /** Returns the codes of its faults. */
  List<String> codes();

  /**
   * Builds a fault.
   *
   * @param code one of {@link #codes}
   * @param arguments what was asked; the caller checks that all of them were taken
   * @throws IllegalArgumentException if an argument makes no sense, saying why
   */
  Fault build(String code, Arguments arguments);
}
