package org.orrery.contract.snapshot;

import java.util.List;

/**
 * How a snapshot differs from something else.
 *
 * @param snapshot the snapshot
 * @param against what it was compared with, in words
 * @param atNs the instant of the other side, plant ns
 * @param same how many channels are the same within their tolerance
 * @param differences all others, in the order of the snapshot
 */
public record Comparison(
    SnapshotId snapshot, String against, long atNs, int same, List<Difference> differences) {
  public Comparison {
    differences = List.copyOf(differences);
  }
}
