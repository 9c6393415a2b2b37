package org.orrery.simulator.plant;

import org.orrery.simulator.lar.Attachment;

/**
 * Oxygen and water (which capture electrons) and nitrogen (which quenches light) in liquid and
 * ullage, as mole fractions, and the two filters. Advanced by the plant; not thread-safe.
 */
public final class Purity {
  /** Capture rate on water per unit mole fraction, 1/s, taken as flat in the field. */
  public static final double WATER_RATE_PER_SECOND = 1.0e12;

  private static final double NOMINAL_FIELD = 0.5;
  private static final double OXYGEN_SHARE = 0.55;
  private static final double GAS_SOURCE_SHARE = 0.04;
  private static final double GAS_FILTER = 0.9;
  private static final double FILTER_CAPACITY_MOL = 3.5;
  private static final double FILTER_WIDTH = 0.05;
  private static final double ARGON_MOL_PER_KG = 1.0 / 0.039948;
  private static final double ULLAGE_KG = 270.0;

  private final Knob[] filterLost = new Knob[2];
  private final double[] sourcePpbKgPerSecond = new double[2];
  private final double[] liquidPpb = new double[2];
  private final double[] gasPpb = new double[2];
  private final double[] filterMol = new double[2];
  private final Wander sourceWander;
  private double nitrogenPpm;
  private double outletLossShare = 1.0;

  Purity(DetectorConfig config, double circulationKgPerSecond, Knobs knobs, SimRandom random) {
    for (int i = 0; i < 2; i++) {
      filterLost[i] =
          knobs.share(
              "purif.filter-" + "ab".charAt(i) + ".lost",
              "Share of its efficiency that the filter has lost");
    }
    double rate = 1e3 / config.lifetimeMilliseconds();
    double oxygen = 1e9 * OXYGEN_SHARE * rate / Attachment.oxygenRatePerSecond(NOMINAL_FIELD);
    double water = 1e9 * (1.0 - OXYGEN_SHARE) * rate / WATER_RATE_PER_SECOND;
    filterMol[0] = random.uniform(0.3, 0.9);
    filterMol[1] = random.uniform(0.0, 0.3);
    liquidPpb[0] = oxygen * random.uniform(0.96, 1.04);
    liquidPpb[1] = water * random.uniform(0.96, 1.04);
    double removed = efficiency(0) * circulationKgPerSecond;
    double condensed = 0.05;
    for (int i = 0; i < 2; i++) {
      double direct = removed * liquidPpb[i] / (1.0 + GAS_SOURCE_SHARE * (1.0 - GAS_FILTER));
      sourcePpbKgPerSecond[i] = direct;
      gasPpb[i] = GAS_SOURCE_SHARE * direct / condensed;
    }
    this.nitrogenPpm = random.uniform(1.2, 1.8);
    this.sourceWander = new Wander(0.02, 3.0 * 86_400.0, random);
  }

  private double efficiency(int filter) {
    double over = (filterMol[filter] / FILTER_CAPACITY_MOL - 1.0) / FILTER_WIDTH;
    return 1.0 / (1.0 + Math.exp(over));
  }

  void advance(
      double dtSeconds,
      double liquidKg,
      double flowKgPerSecond,
      int filter,
      double condensedKgPerSecond,
      SimRandom random) {
    double wander = 1.0 + sourceWander.advance(dtSeconds, random);
    double loss = filterLost[filter].value();
    double efficiency = efficiency(filter) * (1.0 - loss);
    double circulating = Math.min(1.0, flowKgPerSecond / 1.0);
    double unfiltered = 1.0 - GAS_FILTER * circulating;
    for (int i = 0; i < 2; i++) {
      double source = sourcePpbKgPerSecond[i] * wander;
      double fromGas = condensedKgPerSecond * gasPpb[i];
      double removed = efficiency * flowKgPerSecond * liquidPpb[i];
      liquidPpb[i] += dtSeconds * (source + unfiltered * fromGas - removed) / liquidKg;
      gasPpb[i] += dtSeconds * (GAS_SOURCE_SHARE * source - fromGas) / ULLAGE_KG;
      filterMol[filter] += dtSeconds * removed * 1e-9 * ARGON_MOL_PER_KG;
    }
    outletLossShare = 1.0 - 0.9 * efficiency * circulating;
    nitrogenPpm += dtSeconds * 3e-9;
  }

  /** Electron lifetime in the bulk at a field in kV/cm, ms. */
  public double lifetimeMilliseconds(double fieldKvPerCm) {
    double rate =
        Attachment.oxygenRatePerSecond(fieldKvPerCm) * liquidPpb[0] * 1e-9
            + WATER_RATE_PER_SECOND * liquidPpb[1] * 1e-9;
    return 1e3 / rate;
  }

  /** Lifetime after the filter, ms; that of the bulk while nothing flows. */
  public double outletLifetimeMilliseconds() {
    return lifetimeMilliseconds(NOMINAL_FIELD) / Math.max(0.55, outletLossShare);
  }

  /** Oxygen in the liquid, ppb. */
  public double oxygenPpb() {
    return liquidPpb[0];
  }

  /** Water in the liquid, ppb. */
  public double waterPpb() {
    return liquidPpb[1];
  }

  /** Nitrogen in the liquid, ppm. */
  public double nitrogenPpm() {
    return nitrogenPpm;
  }

  void exchange(StateCodec codec) {
    codec.ofArray(liquidPpb);
    codec.ofArray(gasPpb);
    codec.ofArray(filterMol);
    sourceWander.exchange(codec);
    nitrogenPpm = codec.ofDouble(nitrogenPpm);
    outletLossShare = codec.ofDouble(outletLossShare);
  }
}
