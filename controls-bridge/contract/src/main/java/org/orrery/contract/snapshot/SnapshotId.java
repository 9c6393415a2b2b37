package org.orrery.contract.snapshot;

import org.orrery.contract.Id;

/**
 * Identifies a snapshot; sorts by the time of its making because it comes from an {@link
 * org.orrery.contract.time.IdSource}.
 *
 * @param value see {@link Id} for the rule
 */
public record SnapshotId(String value) implements Comparable<SnapshotId> {
  public SnapshotId {
    Id.check("snapshot id", value);
  }

  @Override
  public int compareTo(SnapshotId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
