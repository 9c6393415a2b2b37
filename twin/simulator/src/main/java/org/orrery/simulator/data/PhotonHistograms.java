package org.orrery.simulator.data;

/** Charge of single photo-electrons and dark pulses of each photon channel. Not thread-safe. */
final class PhotonHistograms {
  private static final double LAMP_HERTZ = 5.0;
  private static final double LAMP_PHOTOELECTRONS = 1.2;

  /** Share of the avalanches that fire a neighbour (SBND X-ARAPUCA: 0.42 at higher voltage). */
  private static final double CROSS_TALK = 0.2;

  /** Noise of the baseline, millions of electrons. */
  private static final double BASELINE_MILLIONS = 0.4;

  /** Spread of one avalanche, relative (SBND X-ARAPUCA: 9.9 %). */
  private static final double AVALANCHE_SPREAD = 0.099;

  private static final int MOST_PHOTOELECTRONS = 8;
  private static final double WINDOW_HERTZ = 1.0;
  private static final double WINDOW_SECONDS = 0.1;

  private final HistogramCatalogue catalogue;
  private final DetectorPattern pattern;
  private final IntervalWork work;

  PhotonHistograms(HistogramCatalogue catalogue, DetectorPattern pattern, IntervalWork work) {
    this.catalogue = catalogue;
    this.pattern = pattern;
    this.work = work;
  }

  void make() {
    PhotonConditions photons = work.conditions.photons();
    for (int channel = 0; channel < catalogue.scale().photonChannels(); channel++) {
      int place = catalogue.photon(channel);
      boolean blind = photons.saturated().contains(channel);
      Filling lamp = work.start(place);
      double flashes = work.entries(LAMP_HERTZ);
      if (blind) {
        lamp.addNormal(0.0, 0.05 * BASELINE_MILLIONS, flashes);
      } else {
        peaks(lamp, photons.gainMillions().at(channel), pattern.photonLamp[channel], flashes);
      }
      work.finish(place);
      Filling dark = work.start(place + 1);
      double rate = blind ? 0.0 : photons.darkHertz().at(channel);
      dark.addPoisson(rate * WINDOW_SECONDS, work.entries(WINDOW_HERTZ));
      work.finish(place + 1);
    }
  }

  /**
   * Peaks at whole photo-electrons. With cross-talk their number follows the generalised Poisson
   * law (Vinogradov, NIM A695 (2012) 247).
   */
  private static void peaks(Filling filling, double gain, double lampFactor, double flashes) {
    double mu = LAMP_PHOTOELECTRONS * lampFactor;
    double rest = 1.0;
    double factorial = 1.0;
    for (int n = 0; n <= MOST_PHOTOELECTRONS; n++) {
      factorial *= Math.max(1, n);
      double at = mu + n * CROSS_TALK;
      double share = mu * Math.pow(at, n - 1) * Math.exp(-at) / factorial;
      if (n == MOST_PHOTOELECTRONS) {
        share = Math.max(0.0, rest);
      }
      rest -= share;
      double sigma = Math.hypot(BASELINE_MILLIONS, AVALANCHE_SPREAD * gain * Math.sqrt(n));
      filling.addNormal(n * gain, sigma, share * flashes);
    }
  }
}
