package org.orrery.simulator.plant;

/**
 * Visits every part of the state, in one fixed order, either to write it (returns what it is given)
 * or to read it (returns what was written). So each class lists its state once, and saving cannot
 * disagree with restoring. Not thread-safe.
 */
public interface StateCodec {
  /** Exchanges one number. */
  double ofDouble(double value);

  /** Exchanges one whole number. */
  long ofLong(long value);

  /** Exchanges one truth value. */
  boolean ofBoolean(boolean value);

  /** Exchanges one text. */
  String ofText(String value);

  /** Exchanges one small whole number. */
  default int ofInt(int value) {
    return (int) ofLong(value);
  }

  /** Exchanges the elements of an array in place. */
  default void ofArray(double[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = ofDouble(values[i]);
    }
  }
}
