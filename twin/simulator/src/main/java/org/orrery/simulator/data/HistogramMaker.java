package org.orrery.simulator.data;

import java.util.List;

/**
 * Makes all histograms of an interval, as the data-quality monitor would hand them out: what is
 * expected under the given conditions, with the statistics of a finite exposure. The same seed,
 * interval and conditions give the same histograms, whatever was made before. Immutable and
 * thread-safe.
 */
public final class HistogramMaker {
  private final HistogramCatalogue catalogue;
  private final long seed;
  private final double driftCm;
  private final DetectorPattern pattern;

  /**
   * @param scale how many parts the monitor looks at
   * @param driftMetres anode to cathode, m
   * @param seed decides the hidden pattern of the channels and every random number
   */
  public HistogramMaker(DataScale scale, double driftMetres, long seed) {
    this.catalogue = HistogramCatalogue.of(scale);
    this.seed = seed;
    this.driftCm = driftMetres * 100.0;
    this.pattern = new DetectorPattern(scale, seed);
  }

  /** What it makes. */
  public HistogramCatalogue catalogue() {
    return catalogue;
  }

  /**
   * The histograms of one interval, in the order of the catalogue.
   *
   * @param conditions those of the whole interval
   * @throws IllegalArgumentException if the conditions belong to a detector of another scale
   */
  public List<Histogram> make(Interval interval, Conditions conditions) {
    DataScale scale = catalogue.scale();
    if (conditions.boards().boards() != scale.boards()
        || conditions.photons().channels() != scale.photonChannels()) {
      throw new IllegalArgumentException(
          "conditions of %d boards and %d photon channels do not fit %s"
              .formatted(conditions.boards().boards(), conditions.photons().channels(), scale));
    }
    IntervalWork work = new IntervalWork(catalogue, seed, interval, conditions, driftCm);
    new BoardHistograms(catalogue, pattern, work).make();
    new RegionHistograms(catalogue, pattern, work).make();
    new PhotonHistograms(catalogue, pattern, work).make();
    new GlobalHistograms(catalogue, work).make();
    return work.made();
  }
}
