package org.orrery.simulator.data;

import java.util.ArrayList;
import java.util.List;
import org.orrery.simulator.Waveform;
import org.orrery.simulator.plant.SimRandom;

/** The making of one interval's histograms. Not thread-safe. */
final class IntervalWork {
  /** Streams of random numbers before these belong to plant, sensors and hidden parameters. */
  private static final long FIRST_STREAM = 64;

  private static final int PLACE_BITS = 16;

  final Conditions conditions;
  final ArgonResponse argon;
  final double exposureSeconds;
  private final HistogramCatalogue catalogue;
  private final Interval interval;
  private final long seed;
  private final String digest;
  private final Filling filling;
  private final List<Histogram> made;

  IntervalWork(
      HistogramCatalogue catalogue,
      long seed,
      Interval interval,
      Conditions conditions,
      double driftCm) {
    this.catalogue = catalogue;
    this.seed = seed;
    this.interval = interval;
    this.conditions = conditions;
    this.argon = ArgonResponse.of(conditions.argon(), driftCm);
    this.exposureSeconds = interval.seconds() * conditions.run().liveShare();
    this.digest = conditions.digest();
    this.filling = new Filling(catalogue.at(0));
    this.made = new ArrayList<>(catalogue.specs().size());
  }

  /** Entries of something that comes at this rate, in Hz, while a run goes on. */
  double entries(double hertz) {
    return hertz * exposureSeconds;
  }

  /** An empty filling for the histogram at a place of the catalogue. */
  Filling start(int place) {
    filling.start(catalogue.at(place));
    return filling;
  }

  /** Draws what was filled for that place. */
  void finish(int place) {
    made.add(filling.draw(catalogue.at(place), this, random(place)));
  }

  /** Adds a trace that was made otherwise. */
  void finish(int place, Waveform contents, long readings) {
    made.add(histogram(catalogue.at(place), contents, readings));
  }

  /**
   * The random numbers of one histogram of one interval, its own so that nothing that happens to
   * one histogram changes another.
   */
  SimRandom random(int place) {
    return new SimRandom(seed, FIRST_STREAM + (interval.number() << PLACE_BITS) + place);
  }

  Histogram histogram(HistogramSpec spec, Waveform contents, long entries) {
    return new Histogram(
        spec, interval, contents, entries, exposureSeconds, conditions.run().number(), digest);
  }

  List<Histogram> made() {
    return List.copyOf(made);
  }
}
