package org.orrery.contract.snapshot;

import org.orrery.contract.Person;

/** What a person wants about snapshots. */
public sealed interface SnapshotRequest {
  /** Who asks. */
  Person person();

  /**
   * Saves what the channels of a set show now.
   *
   * @param set the set's name; its latest version is meant
   * @param name what people will call it
   * @param comment the saver's words; may be empty
   * @param incomplete whether to save also where channels are missing or not to be relied on; the
   *     snapshot then says which
   */
  record Save(Person person, String set, String name, String comment, boolean incomplete)
      implements SnapshotRequest {}

  /**
   * Says that a snapshot is golden for a mode; the second different person who does makes it so.
   */
  record MarkGolden(Person person, SnapshotId snapshot, String mode) implements SnapshotRequest {}
}
