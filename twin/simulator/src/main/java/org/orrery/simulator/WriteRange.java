package org.orrery.simulator;

/**
 * The values that a device accepts, in the unit of its channel; for a choice the range of indices.
 * Immutable.
 *
 * @param min the lowest accepted value
 * @param max the highest accepted value
 */
public record WriteRange(double min, double max) {
  /** Returns whether {@code value} lies in the range; NaN does not. */
  public boolean contains(double value) {
    return value >= min && value <= max;
  }
}
