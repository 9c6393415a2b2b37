package org.orrery.contract.snapshot;

import java.util.List;
import org.orrery.contract.Bytes;

/**
 * A snapshot without its entries, and for what it is golden.
 *
 * @param id which snapshot
 * @param name what people call it
 * @param comment the saver's words
 * @param by who saved it
 * @param plantNs the instant, plant ns
 * @param wallNs when it was saved, wall ns
 * @param set the set's name
 * @param setVersion the set's version
 * @param channels how many channels have an entry
 * @param notGood how many of these could not be relied on
 * @param missing how many channels of the set have no entry
 * @param hash of the whole snapshot
 * @param golden marks, the oldest first
 */
public record SnapshotSummary(
    SnapshotId id,
    String name,
    String comment,
    String by,
    long plantNs,
    long wallNs,
    String set,
    int setVersion,
    int channels,
    int notGood,
    int missing,
    Bytes hash,
    List<Golden> golden) {
  public SnapshotSummary {
    golden = List.copyOf(golden);
  }
}
