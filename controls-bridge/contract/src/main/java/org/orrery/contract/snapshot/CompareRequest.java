package org.orrery.contract.snapshot;

/**
 * Asks how a snapshot differs from something else.
 *
 * @param snapshot the snapshot
 * @param against what it is compared with
 */
public record CompareRequest(SnapshotId snapshot, Against against) {
  /** What a snapshot can be compared with. */
  public sealed interface Against {
    /** What the channels show now. */
    record Live() implements Against {}

    /** Another snapshot. */
    record Other(SnapshotId snapshot) implements Against {}

    /** What the archive says that the channels showed at a plant time, ns. */
    record History(long atNs) implements Against {}
  }
}
