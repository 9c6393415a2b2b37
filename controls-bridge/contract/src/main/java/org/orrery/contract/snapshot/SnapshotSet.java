package org.orrery.contract.snapshot;

import java.util.List;
import java.util.Optional;

/**
 * Which channels are saved together, in the order in which they would be written again. A version
 * is never changed; defining a set anew makes its next version.
 *
 * @param name lower-case words joined by '-', for example {@code high-voltage}
 * @param version counts from 1; 0 for a set that Orrery derives from the facility description
 * @param title one line for people
 * @param definedBy who defined this version
 * @param atNs when, wall ns; 0 for a derived set
 * @param stages in order: nothing of a stage is written before the stage before is verified
 */
public record SnapshotSet(
    String name, int version, String title, String definedBy, long atNs, List<Stage> stages) {
  public SnapshotSet {
    stages = List.copyOf(stages);
  }

  /**
   * Channels that belong together.
   *
   * @param name what people read
   * @param items in order; a channel that several items name belongs to the first
   */
  public record Stage(String name, List<Item> items) {
    public Stage {
      items = List.copyOf(items);
    }
  }

  /**
   * Names channels.
   *
   * @param pattern a channel id in which {@code *} stands for any characters
   * @param tolerance what counts as the same; where absent, the read-back tolerance and dead-band
   *     of each channel
   */
  public record Item(String pattern, Optional<Tolerance> tolerance) {}
}
