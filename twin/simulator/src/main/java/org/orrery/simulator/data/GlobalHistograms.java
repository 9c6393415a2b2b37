package org.orrery.simulator.data;

import org.orrery.simulator.Waveform;
import org.orrery.simulator.plant.SimRandom;

/** Trigger, events and purity monitors. Not thread-safe. */
final class GlobalHistograms {
  private static final double SAMPLES = 6_000.0;

  /**
   * Bits of an entropy-coded sample beyond the binary logarithm of its noise: log2(sqrt(2 pi e)).
   */
  private static final double BITS_OF_UNIT_NOISE = 2.05;

  private static final double SIZE_SPREAD = 0.02;
  private static final double MEGABYTES_PER_TRACK = 0.05;

  /** Flashes of a purity monitor in one measurement (SBND: 200). */
  private static final long FLASHES = 200;

  /** Decay of the preamplifiers, us (SBND: 119). */
  private static final double DECAY_US = 119.0;

  private static final double MILLIVOLT_PER_FC = 1.0;
  private static final double TRACE_NOISE_MILLIVOLT = 0.15;
  private static final double FLASH_AT_US = 200.0;
  private static final double CATHODE_GRID_US = 60.0;
  private static final double GRID_ANODE_US = 80.0;

  private final HistogramCatalogue catalogue;
  private final IntervalWork work;

  GlobalHistograms(HistogramCatalogue catalogue, IntervalWork work) {
    this.catalogue = catalogue;
    this.work = work;
  }

  void make() {
    RunConditions run = work.conditions.run();
    int place = catalogue.global();
    double triggers = work.entries(run.triggerHertz());
    Filling rate = work.start(place);
    rate.addPoisson(run.triggerHertz(), work.exposureSeconds);
    work.finish(place);
    Filling types = work.start(place + 1);
    types.add(0, work.entries(run.beamTriggerHertz()));
    types.add(1, work.entries(run.cosmicHertz()));
    types.add(2, work.entries(run.pulserHertz()));
    types.add(3, work.entries(run.randomHertz()));
    work.finish(place + 1);
    Filling gaps = work.start(place + 2);
    gaps.addShares(ms -> 1.0 - Math.exp(-run.triggerHertz() * ms * 1e-3), triggers);
    work.finish(place + 2);
    Filling sizes = work.start(place + 3);
    double beam = work.entries(run.beamTriggerHertz());
    double beamTracks = run.pileUpTracks() + BoardHistograms.BEAM_TRACKS;
    addSize(sizes, run.pileUpTracks(), triggers - beam);
    addSize(sizes, beamTracks, beam);
    work.finish(place + 3);
    Filling tracks = work.start(place + 4);
    tracks.addPoisson(run.pileUpTracks(), triggers - beam);
    tracks.addPoisson(beamTracks, beam);
    work.finish(place + 4);
    for (int i = 0; i < Conditions.MONITORS; i++) {
      trace(place + 5 + i, work.conditions.monitors().get(i));
    }
  }

  /** A compressed event grows with the noise that it has to describe, and with its tracks. */
  private void addSize(Filling filling, double tracks, double events) {
    double bits = 0.0;
    BoardConditions boards = work.conditions.boards();
    for (int board = 0; board < boards.boards(); board++) {
      double electrons =
          Math.hypot(boards.noiseElectrons().at(board), boards.coherentElectrons().at(board));
      double adc = Math.max(0.3, electrons * 1e-3 * WirePlane.ADC_PER_KE);
      bits += WirePlane.BOARD_CHANNELS * (Math.log(adc) / Math.log(2.0) + BITS_OF_UNIT_NOISE);
    }
    double megabytes = bits * SAMPLES / 8.0 * 1e-6 + MEGABYTES_PER_TRACK * tracks;
    double sigma =
        Math.hypot(SIZE_SPREAD * megabytes, MEGABYTES_PER_TRACK * Math.sqrt(Math.max(1.0, tracks)));
    filling.addNormal(megabytes, sigma, events);
  }

  private void trace(int place, MonitorConditions monitor) {
    Axis time = catalogue.at(place).x();
    SimRandom random = work.random(place);
    double[] millivolt = new double[time.bins()];
    double arrival = FLASH_AT_US + CATHODE_GRID_US + monitor.driftMicroseconds();
    for (int i = 0; i < millivolt.length; i++) {
      double t = time.centre(i);
      millivolt[i] =
          MILLIVOLT_PER_FC
                  * (monitor.anodeFemtocoulomb() * pulse(t - arrival, GRID_ANODE_US)
                      - monitor.cathodeFemtocoulomb() * pulse(t - FLASH_AT_US, CATHODE_GRID_US))
              + TRACE_NOISE_MILLIVOLT * random.gaussian();
    }
    work.finish(place, new Waveform(millivolt), FLASHES);
  }

  /** Answer of the preamplifier to unit charge that moves for {@code rise} us from time 0. */
  private static double pulse(double t, double rise) {
    if (t <= 0.0) {
      return 0.0;
    }
    double moving = Math.min(t, rise);
    double risen = DECAY_US / rise * (1.0 - Math.exp(-moving / DECAY_US));
    return risen * Math.exp(-(t - moving) / DECAY_US);
  }
}
