package org.orrery.twin.core.model;

/**
 * What the twin does not know about a sensor and learns from it. A sensor reads {@code gain x
 * expectation + offset}; at most one of the two is learnt.
 */
public sealed interface Calibration {
  /** The sensor reads what the model expects, in the model's unit. */
  record Exact() implements Calibration {}

  /**
   * A standing offset is learnt.
   *
   * @param deviation how large it may be, in the sensor's unit
   */
  record Offset(double deviation) implements Calibration {}

  /**
   * A standing gain is learnt, 1 before any data.
   *
   * @param deviation how far from 1 it may be
   */
  record Gain(double deviation) implements Calibration {}
}
