package org.orrery.simulator;

import java.util.Arrays;

/** An immutable sequence of doubles. Safe to share between threads. */
public final class Waveform {
  private final double[] values;

  /** Copies {@code values}. */
  public Waveform(double[] values) {
    this.values = values.clone();
  }

  /** Returns the number of elements. */
  public int size() {
    return values.length;
  }

  /** Returns element {@code index}, counted from 0. */
  public double at(int index) {
    return values[index];
  }

  /** Returns a fresh copy of the elements. */
  public double[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Waveform that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Waveform[" + values.length + "]";
  }
}
