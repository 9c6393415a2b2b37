package org.orrery.simulator.data;

import java.util.Locale;
import java.util.Optional;
import org.orrery.simulator.Waveform;

/**
 * What a histogram shows, the same for its whole life. Immutable.
 *
 * @param id stable name, for example {@code dqm.femb07.rms.u}
 * @param description one line
 * @param contents what its bins hold
 * @param x first axis
 * @param y second axis of a map; empty for a histogram of one dimension
 * @param edges bin edges of {@code x}, shape (nx + 1)
 */
public record HistogramSpec(
    String id, String description, Contents contents, Axis x, Optional<Axis> y, Waveform edges) {

  /** What the bins hold. */
  public enum Contents {
    /** Counts, with Poisson statistics. */
    COUNTS,
    /** Means over many readings, mV, with Gaussian noise. */
    MILLIVOLTS
  }

  /** Counts along one axis. */
  static HistogramSpec counts(String id, String description, Axis x) {
    return new HistogramSpec(id, description, Contents.COUNTS, x, Optional.empty(), x.edges());
  }

  /** Counts over two axes. */
  static HistogramSpec map(String id, String description, Axis x, Axis y) {
    return new HistogramSpec(id, description, Contents.COUNTS, x, Optional.of(y), x.edges());
  }

  /** A trace along one axis, mV. */
  static HistogramSpec trace(String id, String description, Axis x) {
    return new HistogramSpec(id, description, Contents.MILLIVOLTS, x, Optional.empty(), x.edges());
  }

  /** Whether it has two dimensions. */
  public boolean isMap() {
    return y.isPresent();
  }

  /** Number of bins: nx, or nx times ny of a map. */
  public int bins() {
    return x.bins() * y.map(Axis::bins).orElse(1);
  }

  /** Name of its PV: {@code LAR:} and the id in capitals, with colons. */
  public String pvName() {
    return "LAR:" + id.toUpperCase(Locale.ROOT).replace('.', ':').replace('-', '_');
  }
}
