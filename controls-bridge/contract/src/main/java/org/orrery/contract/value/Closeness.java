package org.orrery.contract.value;

/**
 * Compares what was written with what is read back: one rule for the gate that confirms and for
 * whoever watches afterwards; and numbers with the bounds that they must keep. Integers are
 * compared as integers: as doubles, two above 2^53 that differ in their lowest bits would be the
 * same. Stateless.
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
          read instanceof Value.LongValue r && close(w.value(), r.value(), tolerance);
      case Value.TextValue w -> w.equals(read);
      case Value.ChoiceValue w ->
          read instanceof Value.ChoiceValue r && w.label().equals(r.label());
      case DoubleArrayValue w -> read instanceof DoubleArrayValue r && close(w, r, tolerance);
      case HistogramValue w -> w.equals(read);
    };
  }

  /**
   * True where a number lies from low to high, both included; what is no single number lies
   * nowhere.
   */
  public static boolean within(Value value, double low, double high) {
    return switch (value) {
      case Value.DoubleValue number -> number.value() >= low && number.value() <= high;
      case Value.LongValue integer -> within(integer.value(), low, high);
      case Value.TextValue t -> false;
      case Value.ChoiceValue c -> false;
      case DoubleArrayValue a -> false;
      case HistogramValue h -> false;
    };
  }

  /** The bounds become the outermost integers between them, where there are such. */
  private static boolean within(long integer, double low, double high) {
    return low < 0x1p63
        && high >= -0x1p63
        && integer >= (long) Math.ceil(low)
        && integer <= (long) Math.floor(high);
  }

  /** Integers that are 2^63 or more apart are never close. */
  private static boolean close(long written, long read, double tolerance) {
    long apart = Math.max(written, read) - Math.min(written, read);
    return tolerance >= 0 && apart >= 0 && apart <= (long) tolerance;
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
