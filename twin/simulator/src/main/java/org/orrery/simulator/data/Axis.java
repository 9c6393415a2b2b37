package org.orrery.simulator.data;

import org.orrery.simulator.Waveform;

/**
 * A binned axis with bins of equal width; the last edge is outside. Immutable.
 *
 * @param name what it shows
 * @param unit UCUM code; {@code 1} for a plain number
 * @param bins number of bins
 * @param low lower edge of the first bin, in the unit
 * @param high upper edge of the last bin, in the unit
 */
public record Axis(String name, String unit, int bins, double low, double high) {
  public Axis {
    if (bins < 1 || !(high > low)) {
      throw new IllegalArgumentException(
          "axis %s needs bins between ascending edges, got %d from %s to %s"
              .formatted(name, bins, low, high));
    }
  }

  /** Lower edge of bin {@code index}; with {@code bins} the upper edge of the last one. */
  public double edge(int index) {
    return low + (high - low) * index / bins;
  }

  /** Centre of bin {@code index}. */
  public double centre(int index) {
    return low + (high - low) * (index + 0.5) / bins;
  }

  /** Bin of a value; -1 below the axis, {@code bins} above it. */
  public int bin(double value) {
    if (!(value >= low)) {
      return -1;
    }
    return value >= high ? bins : Math.min(bins - 1, (int) ((value - low) / width()));
  }

  /** Width of a bin, in the unit. */
  public double width() {
    return (high - low) / bins;
  }

  /** All edges, shape (bins + 1). */
  public Waveform edges() {
    double[] edges = new double[bins + 1];
    for (int i = 0; i <= bins; i++) {
      edges[i] = edge(i);
    }
    return new Waveform(edges);
  }
}
