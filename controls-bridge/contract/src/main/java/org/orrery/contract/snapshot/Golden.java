package org.orrery.contract.snapshot;

import java.util.Optional;

/**
 * The word that a snapshot is how the facility should be in a mode. Two different people say it; it
 * is never taken back, only succeeded by a later one of the same mode and set.
 *
 * @param mode the detector mode
 * @param proposedBy who said it first
 * @param proposedAtNs when, wall ns
 * @param agreed the second person's word, once it is there
 * @param current true for the latest that two people agreed on for this mode and set
 */
public record Golden(
    String mode, String proposedBy, long proposedAtNs, Optional<Agreed> agreed, boolean current) {
  /**
   * The second person's word.
   *
   * @param by who
   * @param atNs when, wall ns
   */
  public record Agreed(String by, long atNs) {}
}
