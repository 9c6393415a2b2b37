package org.orrery.epics;

import org.orrery.contract.value.DoubleArrayValue;

/**
 * The two axes of a map, whose PV carries its contents as an array of shape (ny, nx), row after
 * row. Immutable.
 *
 * @param xEdges bin edges along a row, shape (nx + 1)
 * @param yEdges bin edges across the rows, shape (ny + 1)
 */
public record PvGrid(DoubleArrayValue xEdges, DoubleArrayValue yEdges) {
  public PvGrid {
    if (xEdges.size() < 2 || yEdges.size() < 2) {
      throw new IllegalArgumentException(
          "a map needs bins on both axes, got %d and %d edges"
              .formatted(xEdges.size(), yEdges.size()));
    }
  }

  /** Bins along a row. */
  public int nx() {
    return xEdges.size() - 1;
  }

  /** Number of rows. */
  public int ny() {
    return yEdges.size() - 1;
  }
}
