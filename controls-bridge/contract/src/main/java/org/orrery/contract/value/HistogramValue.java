package org.orrery.contract.value;

import java.util.OptionalDouble;
import org.orrery.contract.CanonicalBytes;

/**
 * A one-dimensional histogram.
 *
 * @param edges bin edges, shape (n + 1), ascending
 * @param contents bin contents, shape (n)
 */
public record HistogramValue(DoubleArrayValue edges, DoubleArrayValue contents) implements Value {
  public HistogramValue {
    if (edges.size() != contents.size() + 1) {
      throw new IllegalArgumentException(
          "a histogram of "
              + contents.size()
              + " bins needs "
              + (contents.size() + 1)
              + " edges, got "
              + edges.size());
    }
  }

  @Override
  public OptionalDouble asDouble() {
    return OptionalDouble.empty();
  }

  @Override
  public String display() {
    return contents.size() + " bins";
  }

  @Override
  public void encode(CanonicalBytes bytes) {
    bytes.text("histogram");
    edges.encode(bytes);
    contents.encode(bytes);
  }
}
