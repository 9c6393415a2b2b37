package org.orrery.simulator.data;

/** Charge, drift time and light of muons in each drift region. Not thread-safe. */
final class RegionHistograms {
  /** Muons per track trigger that cross anode and cathode, over the whole detector. */
  private static final double CROSSERS_PER_TRIGGER = 1.2;

  /** Hits of a crosser in a tenth of the drift. */
  private static final double HITS_PER_TENTH = 10.0;

  private static final double NEAR_ANODE = 0.05;
  private static final double NEAR_CATHODE = 0.95;
  private static final double CHARGE_SPREAD = 0.07;
  private static final double CHARGE_HIGH = 220.0;

  /** Spread of the drift times beyond diffusion: bent field and fits, us RMS. */
  private static final double DRIFT_SPREAD_US = 6.0;

  /** Share of the crossers that are none, at any drift time. */
  private static final double MISTAKEN = 0.03;

  private static final double FLASH_PHOTOELECTRONS = 220.0;
  private static final double FLASH_WIDTH = 0.08;
  private static final double FLASH_SPREAD = 0.22;
  private static final double FLASH_HIGH = 1_600.0;

  /** The beam enters near the first plane of the first volume: a twelfth of the regions. */
  private static final int BEAM_PARTS = 12;

  private final HistogramCatalogue catalogue;
  private final DetectorPattern pattern;
  private final IntervalWork work;

  RegionHistograms(HistogramCatalogue catalogue, DetectorPattern pattern, IntervalWork work) {
    this.catalogue = catalogue;
    this.pattern = pattern;
    this.work = work;
  }

  /** Whether the beam reaches a region, from 0. */
  static boolean inBeam(DataScale scale, int region) {
    return region < Math.max(1, scale.regions() / BEAM_PARTS);
  }

  void make() {
    ArgonResponse argon = work.argon;
    int regions = catalogue.scale().regions();
    double triggers = work.entries(work.conditions.run().trackTriggerHertz());
    double crossers = triggers * CROSSERS_PER_TRIGGER / regions;
    SmearedLandau light = light(argon);
    SmearedLandau anode = shape(NEAR_ANODE);
    SmearedLandau cathode = shape(NEAR_CATHODE);
    for (int region = 0; region < regions; region++) {
      int place = catalogue.region(region);
      double drifting = argon.drifts() ? crossers : 0.0;
      charge(place, region, anode, drifting * HITS_PER_TENTH);
      charge(place + 1, region, cathode, drifting * HITS_PER_TENTH);
      driftTime(place + 2, region, drifting);
      Filling flashes = work.start(place + 3);
      double factor = pattern.regionLight[region];
      flashes.addShares(x -> light.cumulative(x / factor), crossers);
      work.finish(place + 3);
    }
  }

  private SmearedLandau light(ArgonResponse argon) {
    double peak =
        FLASH_PHOTOELECTRONS * argon.lightRelative() * work.conditions.photons().meanGainRelative();
    double sigma = Math.max(1.0, FLASH_SPREAD * peak);
    return new SmearedLandau(new double[] {Math.max(0.1, peak)}, FLASH_WIDTH, sigma, FLASH_HIGH);
  }

  private void charge(int place, int region, SmearedLandau shape, double hits) {
    Filling filling = work.start(place);
    double factor = pattern.regionCharge[region] * work.conditions.boards().collectionGain();
    if (hits > 0.0 && factor > 0.0) {
      filling.addShares(x -> shape.cumulative(x / factor), hits);
    }
    work.finish(place);
  }

  /** Charge of the hits at a place between anode (0) and cathode (1). */
  private SmearedLandau shape(double where) {
    double peak = Math.max(0.1, work.argon.arrivingKePerCm(where));
    return new SmearedLandau(
        new double[] {peak}, BoardHistograms.LANDAU_WIDTH, CHARGE_SPREAD * peak, CHARGE_HIGH);
  }

  private void driftTime(int place, int region, double crossers) {
    Filling filling = work.start(place);
    if (crossers > 0.0) {
      double mean = work.argon.driftMicroseconds() * pattern.regionDrift[region];
      double sigma = Math.hypot(DRIFT_SPREAD_US, work.argon.diffusionMicroseconds());
      filling.addNormal(mean, sigma, (1.0 - MISTAKEN) * crossers);
      Axis x = catalogue.at(place).x();
      filling.addShares(t -> (t - x.low()) / (x.high() - x.low()), MISTAKEN * crossers);
    }
    work.finish(place);
  }
}
