package org.orrery.simulator.data;

/**
 * How many parts of the detector the monitor looks at. Immutable.
 *
 * @param boards front-end boards of 128 channels
 * @param regions drift regions over both drift volumes, an even number
 * @param photonChannels photon-detector channels
 */
public record DataScale(int boards, int regions, int photonChannels) {
  public DataScale {
    if (boards < 1 || regions < 2 || regions % 2 != 0 || photonChannels < 1) {
      throw new IllegalArgumentException(
          "need boards, an even number of regions and photon channels, got %d, %d, %d"
              .formatted(boards, regions, photonChannels));
    }
  }

  /**
   * ProtoDUNE-SP: 120 boards with 15,360 channels (design report); ten regions for each of the six
   * anode planes and 30 photon channels for each are modelling defaults.
   */
  public static DataScale reference() {
    return new DataScale(120, 60, 180);
  }

  /** Region that board {@code board}, from 0, looks at. */
  int regionOf(int board) {
    return (int) ((long) board * regions / boards);
  }
}
