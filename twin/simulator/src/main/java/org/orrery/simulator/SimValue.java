package org.orrery.simulator;

/** A value of a simulated channel. Deeply immutable and safe to share between threads. */
public sealed interface SimValue {
  /** A real number in the unit of its channel; NaN only together with {@link Severity#INVALID}. */
  record DoubleValue(double value) implements SimValue {}

  /** A whole number, such as a run number or a status code. */
  record LongValue(long value) implements SimValue {}

  /** A text. */
  record TextValue(String value) implements SimValue {}

  /** An index into {@link SimulatedChannel#choices()}. */
  record ChoiceValue(int index) implements SimValue {}

  /** A sequence of real numbers in the unit of the channel. */
  record ArrayValue(Waveform values) implements SimValue {}

  /** Short form for a real number. */
  static SimValue of(double value) {
    return new DoubleValue(value);
  }

  /** Short form for a choice index. */
  static SimValue choice(int index) {
    return new ChoiceValue(index);
  }
}
