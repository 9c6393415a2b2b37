package org.orrery.contract.value;

/**
 * Compares what was written with what is read back: one rule for the gate that confirms and for
 * whoever watches afterwards. Stateless.
 */
public final class Closeness {
  /**
   * A double that went through a device's single-precision register comes back off by this share at
   * most.
   */
  private static final double SINGLE_PRECISION = 1.2e-7;

  private Closeness() {}

  /**
   * True where both are the same value within the tolerance, in the channel's unit; always false
   * for values of different kinds and for NaN.
   */
  public static boolean same(Value written, Value read, double tolerance) {
    return switch (written) {
      case Value.DoubleValue w ->
          read instanceof Value.DoubleValue r && close(w.value(), r.value(), tolerance);
      case Value.LongValue w ->
          read instanceof Value.LongValue r
              && Math.abs((double) w.value() - r.value()) <= tolerance;
      case Value.TextValue w -> w.equals(read);
      case Value.ChoiceValue w ->
          read instanceof Value.ChoiceValue r && w.label().equals(r.label());
      case DoubleArrayValue w -> read instanceof DoubleArrayValue r && close(w, r, tolerance);
      case HistogramValue w -> w.equals(read);
    };
  }

  private static boolean close(double written, double read, double tolerance) {
    return Math.abs(written - read) <= tolerance + SINGLE_PRECISION * Math.abs(written);
  }

  private static boolean close(DoubleArrayValue written, DoubleArrayValue read, double tolerance) {
    if (written.size() != read.size()) {
      return false;
    }
    for (int i = 0; i < written.size(); i++) {
      if (!close(written.get(i), read.get(i), tolerance)) {
        return false;
      }
    }
    return true;
  }
}
