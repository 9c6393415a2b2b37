package org.orrery.simulator.plant;

/**
 * Nominal sizes and operating point of a single-phase liquid-argon detector. Immutable.
 *
 * @param name name for displays
 * @param liquidMassKg all liquid in the cryostat, kg
 * @param surfaceSquareMetres free liquid surface, m2
 * @param innerHeightMetres height of the cold volume, m
 * @param driftMetres anode to cathode, m
 * @param cathodeKilovolts nominal cathode voltage (negative), kV
 * @param gaugeSetMillibar pressure set-point above atmosphere, mbar
 * @param barometerMillibar mean atmospheric pressure at the site, mbar
 * @param circulationKgPerSecond nominal liquid circulation, kg/s
 * @param lifetimeMilliseconds nominal electron lifetime at the nominal field, ms
 * @param staticHeatWatts heat through the walls, W
 * @param otherHeatWatts electronics, feedthroughs, pipes and pump together, W
 * @param pumpHeatWatts share of {@code otherHeatWatts} that one pump at nominal speed brings, W
 * @param condenserWatts condenser power with its valve fully open, W
 * @param runHours length of a run before the next one starts by itself, h
 * @param hvActivity what the high voltage does by itself
 * @param scale how many boards and other things there are
 */
public record DetectorConfig(
    String name,
    double liquidMassKg,
    double surfaceSquareMetres,
    double innerHeightMetres,
    double driftMetres,
    double cathodeKilovolts,
    double gaugeSetMillibar,
    double barometerMillibar,
    double circulationKgPerSecond,
    double lifetimeMilliseconds,
    double staticHeatWatts,
    double otherHeatWatts,
    double pumpHeatWatts,
    double condenserWatts,
    double runHours,
    HvActivity hvActivity,
    Scale scale) {

  /**
   * The reference detector. Sizes, heat, circulation and set-points as in the ProtoDUNE-SP design
   * report and operation papers (720 t, 8 kW, 16 kW condenser, 1.67 kg/s, 140 mbar gauge at about
   * 960 mbar); pump heat and run length are modelling defaults.
   */
  public static DetectorConfig protoDuneSpLike() {
    return new DetectorConfig(
        "ProtoDUNE-SP-like",
        720_000.0,
        72.25,
        7.9,
        3.6,
        -180.0,
        140.0,
        960.0,
        1.67,
        8.0,
        3_000.0,
        5_000.0,
        1_700.0,
        16_000.0,
        4.0,
        HvActivity.OFF,
        Scale.reference());
  }

  /** Returns the same detector with another activity of its high voltage. */
  public DetectorConfig withHvActivity(HvActivity activity) {
    return with(activity, scale);
  }

  /** Returns the same detector with more or fewer boards and other things. */
  public DetectorConfig withScale(Scale other) {
    return with(hvActivity, other);
  }

  private DetectorConfig with(HvActivity activity, Scale size) {
    return new DetectorConfig(
        name,
        liquidMassKg,
        surfaceSquareMetres,
        innerHeightMetres,
        driftMetres,
        cathodeKilovolts,
        gaugeSetMillibar,
        barometerMillibar,
        circulationKgPerSecond,
        lifetimeMilliseconds,
        staticHeatWatts,
        otherHeatWatts,
        pumpHeatWatts,
        condenserWatts,
        runHours,
        activity,
        size);
  }
}
