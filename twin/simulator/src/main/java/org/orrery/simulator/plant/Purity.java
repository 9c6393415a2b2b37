package org.orrery.simulator.plant;

import org.orrery.simulator.lar.Attachment;

/**
 * Oxygen and water (which capture electrons) and nitrogen (which quenches light) in liquid and
 * ullage, as mole fractions, and the load of the two filters. Air from a leak and argon from a
 * delivery add to them. Advanced by the plant; not thread-safe.
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
  private static final double ANALYSER_END_PPB = 1_000.0;
  private static final double ANALYSER_END_PPM = 100.0;
  private static final double LATENT_JOULE_PER_KG = 160_300.0;

  /** Share of leaking nitrogen that reaches the ullage as gas [M]; oxygen and water dissolve. */
  private static final double BUBBLE_SHARE = 0.1;

  /** Sources are part of the steady state; what exceeds this many times it is foreign [M]. */
  private static final double TRACES = 4.0;

  private final Knob[] filterLost = new Knob[2];
  private final double[] sourcePpbKgPerSecond = new double[2];
  private final double[] liquidPpb = new double[2];
  private final double[] gasPpb = new double[2];
  private final double[] filterMol = new double[2];
  private final double[] startPpb = new double[2];
  private final double[] leakPpb = new double[UllageGas.SPECIES];
  private final double[] foreignFraction = new double[UllageGas.SPECIES];
  private final double[] dissolvedMolPerSecond = new double[UllageGas.SPECIES];
  private final UllageGas ullage = new UllageGas();
  private final Wander sourceWander;
  private final double startNitrogenPpm;
  private double nitrogenPpm;
  private double outletLossShare = 1.0;
  private double outletLeakPpb;

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
    double removed = efficiency(0, 0.0) * circulationKgPerSecond;
    double condensed = 0.05;
    for (int i = 0; i < 2; i++) {
      double direct = removed * liquidPpb[i] / (1.0 + GAS_SOURCE_SHARE * (1.0 - GAS_FILTER));
      sourcePpbKgPerSecond[i] = direct;
      gasPpb[i] = GAS_SOURCE_SHARE * direct / condensed;
    }
    this.nitrogenPpm = random.uniform(1.2, 1.8);
    System.arraycopy(liquidPpb, 0, startPpb, 0, startPpb.length);
    this.startNitrogenPpm = nitrogenPpm;
    this.sourceWander = new Wander(0.02, 3.0 * 86_400.0, random);
  }

  private double efficiency(int filter, double agedShare) {
    double load = filterMol[filter] / FILTER_CAPACITY_MOL + agedShare;
    double over = (load - 1.0) / FILTER_WIDTH;
    return 1.0 / (1.0 + Math.exp(over));
  }

  void advance(double dtSeconds, Cryostat cryostat, Circulation circulation, SimRandom random) {
    double liquidKg = cryostat.liquidKg();
    double flowKgPerSecond = circulation.flowKgPerSecond();
    int filter = circulation.filter();
    double condensedKgPerSecond = cryostat.condenser().heatWatts() / LATENT_JOULE_PER_KG;
    leak(circulation.airMolPerSecond(), flowKgPerSecond);
    double wander = 1.0 + sourceWander.advance(dtSeconds, random);
    double loss = filterLost[filter].value();
    double aged = circulation.bed(filter).agedShare();
    double efficiency = efficiency(filter, aged) * (1.0 - loss);
    double circulating = Math.min(1.0, flowKgPerSecond / 1.0);
    double unfiltered = 1.0 - GAS_FILTER * circulating;
    for (int i = 0; i < 2; i++) {
      double source = sourcePpbKgPerSecond[i] * wander;
      double fromGas = condensedKgPerSecond * gasPpb[i];
      double drawn = flowKgPerSecond * leakPpb[i];
      double removed = efficiency * flowKgPerSecond * (liquidPpb[i] + leakPpb[i]);
      liquidPpb[i] += dtSeconds * (source + unfiltered * fromGas - removed + drawn) / liquidKg;
      gasPpb[i] += dtSeconds * (GAS_SOURCE_SHARE * source - fromGas) / ULLAGE_KG;
      filterMol[filter] += dtSeconds * removed * 1e-9 * ARGON_MOL_PER_KG;
    }
    outletLossShare = 1.0 - 0.9 * efficiency * circulating;
    nitrogenPpm += dtSeconds * 3e-9;
    for (int i = 0; i < 2; i++) {
      filterMol[i] -= dtSeconds * filterMol[i] * circulation.bed(i).reductionPerSecond();
    }
    outletLeakPpb = (1.0 - efficiency) * leakPpb[0];
    advanceForeign(dtSeconds, cryostat, circulation, liquidKg);
  }

  private void leak(double airMolPerSecond, double flowKgPerSecond) {
    double through = flowKgPerSecond * ARGON_MOL_PER_KG;
    for (int i = 0; i < UllageGas.SPECIES; i++) {
      double dissolved = i == UllageGas.NITROGEN ? 1.0 - BUBBLE_SHARE : 1.0;
      double mol = airMolPerSecond * dissolved * UllageGas.AIR[i];
      leakPpb[i] = mol > 0.0 ? 1e9 * mol / through : 0.0;
    }
  }

  /** Air in liquid and ullage, and what a delivery brings; nothing of it in a healthy detector. */
  private void advanceForeign(
      double dtSeconds, Cryostat cryostat, Circulation circulation, double liquidKg) {
    double air = circulation.airMolPerSecond();
    double filling = cryostat.topUp().flowKgPerSecond();
    if (air == 0.0 && filling == 0.0 && ullage.isEmpty()) {
      return;
    }
    for (int i = 0; i < 2; i++) {
      foreignFraction[i] = 1e-9 * Math.max(0.0, liquidPpb[i] - TRACES * startPpb[i]);
      double gained = filling * (cryostat.topUp().impurityPpb(i) - liquidPpb[i]);
      liquidPpb[i] += dtSeconds * gained / liquidKg;
    }
    foreignFraction[UllageGas.NITROGEN] = 1e-6 * Math.max(0.0, nitrogenPpm - startNitrogenPpm);
    double delivered = filling * (cryostat.topUp().nitrogenPpm() - nitrogenPpm);
    double leaked = circulation.flowKgPerSecond() * leakPpb[UllageGas.NITROGEN] * 1e-3;
    nitrogenPpm += dtSeconds * (leaked + delivered) / liquidKg;
    double out = cryostat.ventKgPerSecond() + cryostat.safety().reliefKgPerSecond();
    ullage.advance(
        dtSeconds,
        air * BUBBLE_SHARE * UllageGas.AIR[UllageGas.NITROGEN],
        cryostat.vapourKg(),
        out,
        foreignFraction,
        dissolvedMolPerSecond);
    double perFraction = dtSeconds / (liquidKg * ARGON_MOL_PER_KG);
    liquidPpb[0] += 1e9 * perFraction * dissolvedMolPerSecond[UllageGas.OXYGEN];
    liquidPpb[1] += 1e9 * perFraction * dissolvedMolPerSecond[UllageGas.WATER];
    nitrogenPpm += 1e6 * perFraction * dissolvedMolPerSecond[UllageGas.NITROGEN];
  }

  /** Foreign gas in the ullage, mol. */
  double ullageMol() {
    return ullage.totalMol();
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
    double clean = lifetimeMilliseconds(NOMINAL_FIELD) / Math.max(0.55, outletLossShare);
    if (outletLeakPpb <= 0.0) {
      return clean;
    }
    double leaked = Attachment.oxygenRatePerSecond(NOMINAL_FIELD) * outletLeakPpb * 1e-9;
    return 1e3 / (1e3 / clean + leaked);
  }

  /** Oxygen in the stream to the filter, where the analysers take their gas, ppb. */
  public double analysedOxygenPpb() {
    return Math.min(ANALYSER_END_PPB, liquidPpb[0] + leakPpb[UllageGas.OXYGEN]);
  }

  /** Water in the same stream, ppb. */
  public double analysedWaterPpb() {
    return Math.min(ANALYSER_END_PPB, liquidPpb[1] + leakPpb[UllageGas.WATER]);
  }

  /** Nitrogen in the same stream, ppm. */
  public double analysedNitrogenPpm() {
    return Math.min(ANALYSER_END_PPM, nitrogenPpm + leakPpb[UllageGas.NITROGEN] * 1e-3);
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
    codec.ofArray(leakPpb);
    ullage.exchange(codec);
    sourceWander.exchange(codec);
    nitrogenPpm = codec.ofDouble(nitrogenPpm);
    outletLossShare = codec.ofDouble(outletLossShare);
    outletLeakPpb = codec.ofDouble(outletLeakPpb);
  }
}
