package org.orrery.contract.snapshot;

/**
 * How far a number may be from the saved one and still count as the same: the larger of both.
 *
 * @param absolute in the channel's unit, 0 or more
 * @param relative as a share of the saved value, 0 or more
 */
public record Tolerance(double absolute, double relative) {
  /** Only the very same number counts as the same. */
  public static final Tolerance EXACT = new Tolerance(0, 0);

  public Tolerance {
    if (!(absolute >= 0
        && relative >= 0
        && Double.isFinite(absolute)
        && Double.isFinite(relative))) {
      throw new IllegalArgumentException(
          "a tolerance must be 0 or more, got "
              + absolute
              + " absolute, "
              + relative
              + " relative");
    }
  }

  /** How far a number may be from this saved one, in the channel's unit. */
  public double around(double saved) {
    return Math.max(absolute, relative * Math.abs(saved));
  }

  /** True where both count as the same number; a NaN is the same as nothing. */
  public boolean covers(double saved, double other) {
    return saved == other || Math.abs(saved - other) <= around(saved);
  }
}
