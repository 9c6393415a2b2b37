package org.orrery.simulator.plant;

/**
 * Bubbles in the liquid [M]. The share of the boil-off that leaves for good instead of coming back
 * cold from the condenser lets the hot spots of walls and electronics boil; a pressure that falls
 * fast leaves the whole liquid too warm for it. Advanced by the cryostat; not thread-safe.
 */
final class Boiling {
  private static final double HOT_SPOTS_KG_PER_SECOND = 0.03;
  private static final double BUILD_UP_SECONDS = 1_800.0;
  private static final double MEMORY_SECONDS = 1_800.0;
  private static final double FALL_MILLIBAR = 6.0;
  private static final double FALL_SPAN_MILLIBAR = 30.0;
  private static final double LEAST = 1e-6;

  private double share;
  private double formerMillibar = Double.NaN;

  void advance(double dtSeconds, double ventedKgPerSecond, double millibar) {
    if (Double.isNaN(formerMillibar)) {
      formerMillibar = millibar;
    }
    formerMillibar += (millibar - formerMillibar) * dtSeconds / MEMORY_SECONDS;
    double fallen = (formerMillibar - millibar - FALL_MILLIBAR) / FALL_SPAN_MILLIBAR;
    double target =
        Math.max(
            -Math.expm1(-Math.max(0.0, ventedKgPerSecond) / HOT_SPOTS_KG_PER_SECOND),
            Math.clamp(fallen, 0.0, 1.0));
    share += (target - share) * dtSeconds / BUILD_UP_SECONDS;
    if (target < LEAST && share < LEAST) {
      share = 0.0;
    }
  }

  double share() {
    return share;
  }

  void exchange(StateCodec codec) {
    share = codec.ofDouble(share);
    formerMillibar = codec.ofDouble(formerMillibar);
  }
}
