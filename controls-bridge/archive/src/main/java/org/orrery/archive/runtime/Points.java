package org.orrery.archive.runtime;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/** Points of samples, roll-ups and gaps. Stateless. */
final class Points {
  private Points() {}

  /** One for an interval that begins at the time, plant ns. */
  static History.Point of(long timeNs, Rollup rollup) {
    boolean none = rollup.n() == 0;
    return new History.Point(
        timeNs,
        rollup.last(),
        none ? Double.NaN : rollup.min(),
        none ? Double.NaN : rollup.max(),
        rollup.mean(),
        rollup.deviation(),
        rollup.n(),
        rollup.lost(),
        rollup.severity(),
        Optional.empty(),
        Set.of());
  }

  /** The last number of a roll-up, as if it were a sample. */
  static History.Point last(Rollup rollup) {
    double last = rollup.last();
    return new History.Point(
        rollup.lastNs(),
        last,
        last,
        last,
        last,
        0,
        1,
        0,
        rollup.severity(),
        Optional.empty(),
        Set.of());
  }

  /** One without a number, with the reason. */
  static History.Point of(Gap gap) {
    return new History.Point(
        gap.fromNs(),
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        Severity.INVALID,
        Optional.of(gap.reason()),
        Set.of());
  }

  /** A sample as it is; one that cannot be used says so in place of its number. */
  static History.Point of(ArchivedSample archived) {
    Sample sample = archived.sample();
    Quality quality = sample.quality();
    double number = sample.value().asDouble().orElse(Double.NaN);
    Optional<String> text = words(sample.value());
    if (quality == Quality.BAD || quality == Quality.DISCONNECTED) {
      number = Double.NaN;
      text = Optional.of("not usable: " + quality.name().toLowerCase(Locale.ROOT));
    }
    return new History.Point(
        sample.sourceTimeNs(),
        number,
        number,
        number,
        number,
        Double.isNaN(number) ? Double.NaN : 0,
        1,
        sample.lostBefore(),
        sample.severity(),
        text,
        archived.marks());
  }

  private static Optional<String> words(Value value) {
    return switch (value) {
      case Value.DoubleValue d -> Optional.empty();
      case Value.LongValue l -> Optional.empty();
      case Value.ChoiceValue c -> Optional.of(c.label());
      case Value.TextValue t -> Optional.of(t.value());
      case DoubleArrayValue a -> Optional.of(a.size() + " values");
      case HistogramValue h -> Optional.of(h.contents().size() + " bins");
    };
  }
}
