package org.orrery.contract.snapshot;

import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

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

  /**
   * True where both count as the same: numbers and arrays within the tolerance, all else where it
   * is equal, a choice by its label. Values of different kinds never do, and a NaN is the same as
   * nothing.
   */
  public boolean covers(Value saved, Value other) {
    return switch (saved) {
      case Value.DoubleValue s ->
          other instanceof Value.DoubleValue o && covers(s.value(), o.value());
      case DoubleArrayValue s -> other instanceof DoubleArrayValue o && covers(s, o);
      case Value.LongValue s -> Closeness.same(s, other, around((double) s.value()));
      case Value.ChoiceValue s -> Closeness.same(s, other, 0);
      case Value.TextValue s -> Closeness.same(s, other, 0);
      case HistogramValue s -> Closeness.same(s, other, 0);
    };
  }

  private boolean covers(double saved, double other) {
    return saved == other || Math.abs(saved - other) <= around(saved);
  }

  private boolean covers(DoubleArrayValue saved, DoubleArrayValue other) {
    if (saved.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < saved.size(); i++) {
      if (!covers(saved.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }
}
