package org.orrery.simulator.fault;

import java.util.List;

/**
 * What is known about a fault beforehand, for tests, debriefs and scores. Immutable.
 *
 * @param cause the root cause in plain words
 * @param subsystem where it sits, for example {@code purif}
 * @param signs how channels move, and which useful ones do not
 * @param remedies what a good crew does, in order, in plain words
 * @param mistakes what makes it worse, in plain words
 * @param decoy whether nothing is broken in the detector, so that nobody should act on it
 */
public record Truth(
    String cause,
    String subsystem,
    List<Sign> signs,
    List<String> remedies,
    List<String> mistakes,
    boolean decoy) {

  public Truth {
    signs = List.copyOf(signs);
    remedies = List.copyOf(remedies);
    mistakes = List.copyOf(mistakes);
  }

  /**
   * How one channel moves.
   *
   * @param channelId which
   * @param direction whither
   * @param withinSeconds by when it can be seen, s of plant time after the onset; for {@link
   *     Direction#UNCHANGED} how long it must stay
   */
  public record Sign(String channelId, Direction direction, double withinSeconds) {}

  /** Directions. */
  public enum Direction {
    /** It rises. */
    UP,
    /** It falls. */
    DOWN,
    /** It stays, which tells this fault from others. */
    UNCHANGED,
    /** Its readings become invalid. */
    INVALID
  }
}
