package org.orrery.simulator.plan;

/**
 * A number that is not known exactly. Immutable.
 *
 * @param low lowest defensible value
 * @param nominal best single value, within low and high
 * @param high highest defensible value
 */
public record Range(double low, double nominal, double high) {
  public Range {
    if (!(low <= nominal && nominal <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "a range needs finite low <= nominal <= high: %s, %s, %s".formatted(low, nominal, high));
    }
  }

  /** Returns one of the three values. */
  public double at(Level level) {
    return switch (level) {
      case LOW -> low;
      case NOMINAL -> nominal;
      case HIGH -> high;
    };
  }
}
