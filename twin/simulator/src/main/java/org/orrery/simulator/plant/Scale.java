package org.orrery.simulator.plant;

/**
 * How many of everything a detector has, which decides how many channels its slow control serves.
 * Time and memory of the simulation go in proportion. Immutable.
 *
 * @param boards front-end boards in the liquid
 * @param channelsPerBoard channels that the slow control serves for each board, in the order of
 *     importance: 8 for supply, noise and link, then the switch, up to 16 for counts and gain, the
 *     rest for single amplifier chips
 * @param photonDetectors photon-detector channels
 * @param thermometers thermometers in the liquid
 * @param groundPlanes ground planes with a current monitor
 */
public record Scale(
    int boards, int channelsPerBoard, int photonDetectors, int thermometers, int groundPlanes) {
  /** Channels that a board has at least. */
  public static final int LEAST_PER_BOARD = 8;

  /** Channels that a board can have. */
  public static final int MOST_PER_BOARD = 56;

  public Scale {
    if (channelsPerBoard < LEAST_PER_BOARD || channelsPerBoard > MOST_PER_BOARD) {
      throw new IllegalArgumentException(
          "channels per board must lie within %d and %d: %d"
              .formatted(LEAST_PER_BOARD, MOST_PER_BOARD, channelsPerBoard));
    }
    if (Math.min(Math.min(boards, photonDetectors), Math.min(thermometers, groundPlanes)) < 1) {
      throw new IllegalArgumentException(
          ("a detector has at least one of everything: %d boards, %d photon detectors,"
                  + " %d thermometers, %d ground planes")
              .formatted(boards, photonDetectors, thermometers, groundPlanes));
    }
  }

  /** The scale of the reference detector and of the description that is shipped for it. */
  public static Scale reference() {
    return new Scale(30, 16, 12, 40, 12);
  }

  /** A detector for a bench: about 300 channels in all. */
  public static Scale bench() {
    return new Scale(8, 9, 6, 12, 12);
  }

  /** A detector of a few hundred boards: about 10,000 channels in all. */
  public static Scale large() {
    return new Scale(200, 44, 200, 120, 12);
  }

  /**
   * A module of DUNE: 150 anode planes of 20 boards, 6,000 photon detectors, about 150,000 channels
   * in all, the figure of its design report [V].
   */
  public static Scale duneModule() {
    return new Scale(3_000, 42, 6_000, 300, 12);
  }
}
