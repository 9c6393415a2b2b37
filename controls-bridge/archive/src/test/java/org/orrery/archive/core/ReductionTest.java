package org.orrery.archive.core;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.orrery.archive.Samples;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;

class ReductionTest {
  @Property(tries = 500)
  void shouldNeverYieldMoreIntervalsThanPointsWanted(
      @ForAll @LongRange(min = 0, max = 86_400_000_000_000L) long offset,
      @ForAll @LongRange(min = 1, max = 40_000_000_000_000_000L) long span,
      @ForAll @IntRange(min = 2, max = 5_000) int points) {
    // Given
    long from = Samples.T0 + offset;

    // When
    long interval = Reduction.intervalFor(from, from + span, points);

    // Then
    long first = Reduction.startOf(from, interval);
    long last = Reduction.startOf(from + span - 1, interval);
    assertThat((last - first) / interval + 1).isLessThanOrEqualTo(points);
    assertThat(interval < Rollup.MINUTE_NS || interval % Rollup.MINUTE_NS == 0).isTrue();
  }

  @Property
  void shouldBeginAndEndIntervalsAroundAnyTime(
      @ForAll long timeNs, @ForAll @LongRange(min = 1, max = 86_400_000_000_000L) long interval) {
    // When
    long start = Reduction.startOf(timeNs, interval);
    long end = Reduction.roundUp(timeNs, interval);

    // Then
    assertThat(start).isLessThanOrEqualTo(timeNs);
    assertThat(end).isGreaterThanOrEqualTo(timeNs);
    assertThat(start % interval == 0 || start == Long.MIN_VALUE).isTrue();
    assertThat(end % interval == 0 || end == Long.MAX_VALUE).isTrue();
  }

  @Property(tries = 100)
  void shouldBringArraysAndHistogramsBack(
      @ForAll @Size(max = 20) double[] contents, @ForAll @DoubleRange double first) {
    // Given
    double[] edges = new double[contents.length + 1];
    edges[0] = first;
    DoubleArrayValue array = DoubleArrayValue.of(contents);
    HistogramValue histogram = new HistogramValue(DoubleArrayValue.of(edges), array);

    // When / Then
    assertThat(ArrayBytes.array(ArrayBytes.of(array))).isEqualTo(array);
    assertThat(ArrayBytes.histogram(ArrayBytes.of(histogram))).isEqualTo(histogram);
  }
}
