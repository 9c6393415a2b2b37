package org.orrery.contract.value;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.orrery.contract.CanonicalBytes;

/** An immutable array of doubles, for waveforms and profiles; shape (n). Thread-safe. */
public final class DoubleArrayValue implements Value {
  private final double[] elements;

  private DoubleArrayValue(double[] elements) {
    this.elements = elements;
  }

  /** Copies the array. */
  public static DoubleArrayValue of(double... elements) {
    return new DoubleArrayValue(elements.clone());
  }

  /** Number of elements. */
  public int size() {
    return elements.length;
  }

  /**
   * The element at the index.
   *
   * @throws IndexOutOfBoundsException outside 0 to size - 1
   */
  public double get(int index) {
    return elements[index];
  }

  /** Returns a copy. */
  public double[] toArray() {
    return elements.clone();
  }

  @Override
  public OptionalDouble asDouble() {
    return OptionalDouble.empty();
  }

  @Override
  public String display() {
    return elements.length + " values";
  }

  @Override
  public void encode(CanonicalBytes bytes) {
    bytes.text("array").integer(elements.length);
    for (double element : elements) {
      bytes.number(element);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DoubleArrayValue array && Arrays.equals(elements, array.elements);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(elements);
  }

  @Override
  public String toString() {
    return Arrays.toString(elements);
  }
}
