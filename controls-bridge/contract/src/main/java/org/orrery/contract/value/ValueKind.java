package org.orrery.contract.value;

/** The kind of value that a channel carries. */
public enum ValueKind {
  DOUBLE,
  LONG,
  TEXT,
  CHOICE,
  DOUBLE_ARRAY,
  HISTOGRAM;

  /** The kind of a value. */
  public static ValueKind of(Value value) {
    return switch (value) {
      case Value.DoubleValue d -> DOUBLE;
      case Value.LongValue l -> LONG;
      case Value.TextValue t -> TEXT;
      case Value.ChoiceValue c -> CHOICE;
      case DoubleArrayValue a -> DOUBLE_ARRAY;
      case HistogramValue h -> HISTOGRAM;
    };
  }
}
