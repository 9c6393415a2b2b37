package org.orrery.simulator.data;

import org.orrery.simulator.Waveform;

/**
 * A histogram of one interval. Immutable.
 *
 * @param spec what it shows
 * @param interval when it was filled
 * @param contents bin contents, shape (nx); of a map shape (ny, nx), row after row
 * @param entries everything that was filled, what fell outside the axes included; of a trace the
 *     number of readings in its mean
 * @param exposureSeconds time during which a run was going on, s
 * @param runNumber the present or last run
 * @param conditionsDigest names the conditions: equal ones have equal digests
 */
public record Histogram(
    HistogramSpec spec,
    Interval interval,
    Waveform contents,
    long entries,
    double exposureSeconds,
    long runNumber,
    String conditionsDigest) {
  public Histogram {
    if (contents.size() != spec.bins()) {
      throw new IllegalArgumentException(
          "%s needs %d bins, got %d".formatted(spec.id(), spec.bins(), contents.size()));
    }
  }

  /** Its stable name. */
  public String id() {
    return spec.id();
  }

  /** Bin edges of the first axis, shape (nx + 1). */
  public Waveform edges() {
    return spec.edges();
  }

  /** Sum of the contents. */
  public double sum() {
    double sum = 0.0;
    for (int i = 0; i < contents.size(); i++) {
      sum += contents.at(i);
    }
    return sum;
  }

  /** Mean along the first axis, by bin centres; NaN when it is empty. */
  public double mean() {
    double weighted = 0.0;
    for (int i = 0; i < contents.size(); i++) {
      weighted += contents.at(i) * spec.x().centre(i % spec.x().bins());
    }
    return weighted / sum();
  }

  /** Standard deviation along the first axis, by bin centres; NaN when it is empty. */
  public double deviation() {
    double mean = mean();
    double squares = 0.0;
    for (int i = 0; i < contents.size(); i++) {
      double off = spec.x().centre(i % spec.x().bins()) - mean;
      squares += contents.at(i) * off * off;
    }
    return Math.sqrt(squares / sum());
  }
}
