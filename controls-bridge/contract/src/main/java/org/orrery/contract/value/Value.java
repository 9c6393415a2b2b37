package org.orrery.contract.value;

import java.util.OptionalDouble;
import org.orrery.contract.CanonicalBytes;

/** A value of a channel. Every permitted type is deeply immutable. */
public sealed interface Value
    permits Value.DoubleValue,
        Value.LongValue,
        Value.TextValue,
        Value.ChoiceValue,
        DoubleArrayValue,
        HistogramValue {

  /** The value as a number where it is one (a choice counts by its index); NaN stays NaN. */
  OptionalDouble asDouble();

  /** What a person reads, without a unit. */
  String display();

  /** Appends the value to bytes that a hash or a signature covers. */
  void encode(CanonicalBytes bytes);

  /** A floating-point number. */
  record DoubleValue(double value) implements Value {
    @Override
    public OptionalDouble asDouble() {
      return OptionalDouble.of(value);
    }

    @Override
    public String display() {
      return Double.toString(value);
    }

    @Override
    public void encode(CanonicalBytes bytes) {
      bytes.text("double").number(value);
    }
  }

  /** An integer. */
  record LongValue(long value) implements Value {
    @Override
    public OptionalDouble asDouble() {
      return OptionalDouble.of(value);
    }

    @Override
    public String display() {
      return Long.toString(value);
    }

    @Override
    public void encode(CanonicalBytes bytes) {
      bytes.text("long").integer(value);
    }
  }

  /** A text. */
  record TextValue(String value) implements Value {
    @Override
    public OptionalDouble asDouble() {
      return OptionalDouble.empty();
    }

    @Override
    public String display() {
      return value;
    }

    @Override
    public void encode(CanonicalBytes bytes) {
      bytes.text("text").text(value);
    }
  }

  /**
   * One of the choices of an enumerated channel.
   *
   * @param index position among the channel's choices, from 0
   * @param label the choice's name
   */
  record ChoiceValue(int index, String label) implements Value {
    @Override
    public OptionalDouble asDouble() {
      return OptionalDouble.of(index);
    }

    @Override
    public String display() {
      return label;
    }

    @Override
    public void encode(CanonicalBytes bytes) {
      bytes.text("choice").integer(index).text(label);
    }
  }

  /** A number. */
  static Value of(double value) {
    return new DoubleValue(value);
  }

  /** A text. */
  static Value of(String value) {
    return new TextValue(value);
  }
}
