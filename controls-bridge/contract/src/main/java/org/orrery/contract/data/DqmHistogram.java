package org.orrery.contract.data;

import java.util.Optional;
import org.orrery.contract.value.DoubleArrayValue;

/**
 * A histogram or a map of one interval.
 *
 * @param id stable name, for example {@code dqm.femb07.rms.u}
 * @param fromNs begin of the interval, plant time, ns since the epoch
 * @param toNs its end
 * @param unit unit of the first axis as the source writes it; empty for none
 * @param xEdges bin edges of the first axis, shape (nx + 1)
 * @param yEdges bin edges of the second axis, shape (ny + 1); absent for one dimension
 * @param contents bin contents, shape (nx); of a map shape (ny, nx), row after row
 * @param exposureSeconds time during which a run was going on, s
 * @param runNumber the present or last run
 * @param conditions names the conditions of the detector: equal ones have equal names
 * @param lostBefore histograms of this name known to be lost before it
 */
public record DqmHistogram(
    String id,
    long fromNs,
    long toNs,
    String unit,
    DoubleArrayValue xEdges,
    Optional<DoubleArrayValue> yEdges,
    DoubleArrayValue contents,
    double exposureSeconds,
    long runNumber,
    String conditions,
    long lostBefore) {
  public DqmHistogram {
    int bins = (xEdges.size() - 1) * yEdges.map(edges -> edges.size() - 1).orElse(1);
    if (contents.size() != bins) {
      throw new IllegalArgumentException(
          "histogram %s has edges for %d bins and %d contents"
              .formatted(id, bins, contents.size()));
    }
  }
}
