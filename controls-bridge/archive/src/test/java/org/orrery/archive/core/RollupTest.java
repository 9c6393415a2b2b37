package org.orrery.archive.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.orrery.archive.Samples;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

class RollupTest {
  @Provide
  Arbitrary<List<Sample>> samples() {
    Arbitrary<Value> values =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-1e6, 1e6).map(Value::of),
            Arbitraries.longs().between(-1000, 1000).map(Value.LongValue::new),
            Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY).map(Value::of),
            Arbitraries.just(Value.of("text")),
            Arbitraries.just(new Value.ChoiceValue(1, "ON")));
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.longs().between(0, 200_000_000_000L),
            Arbitraries.longs().between(0, 3),
            values,
            Arbitraries.of(Quality.class),
            Arbitraries.of(Severity.class))
        .as(
            (channel, time, sequence, value, quality, severity) ->
                Samples.of(channel, Samples.T0 + time, sequence, value, quality, severity))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 300)
  void shouldEqualBruteForceHoweverTheSamplesAreSplitAndMixed(
      @ForAll("samples") List<Sample> samples, @ForAll int cut) {
    // Given
    List<Sample> mixed =
        samples.stream().sorted(Comparator.comparingInt(s -> s.hashCode() ^ cut)).toList();
    int middle = samples.isEmpty() ? 0 : Math.floorMod(cut, samples.size());

    // When
    Map<Rollups.Key, Rollup> merged = Rollups.byMinute(mixed.subList(0, middle));
    Rollups.byMinute(mixed.subList(middle, mixed.size()))
        .forEach((key, rollup) -> merged.merge(key, rollup, Rollup::merge));

    // Then
    assertThat(merged.keySet()).isEqualTo(Rollups.byMinute(samples).keySet());
    merged.forEach((key, rollup) -> check(rollup, of(samples, key)));
  }

  private static List<Sample> of(List<Sample> samples, Rollups.Key key) {
    ChannelId channel = key.channel();
    return samples.stream()
        .filter(s -> s.channel().equals(channel))
        .filter(s -> Reduction.startOf(s.sourceTimeNs(), Rollup.MINUTE_NS) == key.startNs())
        .toList();
  }

  private static void check(Rollup rollup, List<Sample> samples) {
    List<Sample> usable = samples.stream().filter(s -> Rollup.usable(s).isPresent()).toList();
    assertThat(rollup.n()).isEqualTo(usable.size());
    assertThat(rollup.severity())
        .isEqualTo(samples.stream().map(Sample::severity).max(Comparator.naturalOrder()).get());
    if (usable.isEmpty()) {
      assertThat(rollup.mean()).isNaN();
      return;
    }
    double[] values = usable.stream().mapToDouble(RollupTest::number).toArray();
    assertThat(rollup.min()).isEqualTo(Arrays.stream(values).min().getAsDouble());
    assertThat(rollup.max()).isEqualTo(Arrays.stream(values).max().getAsDouble());
    assertThat(rollup.mean())
        .isCloseTo(Arrays.stream(values).average().getAsDouble(), within(1e-6));
    double mean = Arrays.stream(values).average().getAsDouble();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    assertThat(rollup.m2()).isCloseTo(squares, within(1e-9 * (1 + squares)));
    Optional<Sample> last =
        usable.stream()
            .max(
                Comparator.comparingLong(Sample::sourceTimeNs).thenComparingLong(Sample::sequence));
    assertThat(rollup.lastNs()).isEqualTo(last.get().sourceTimeNs());
    assertThat(rollup.lastSequence()).isEqualTo(last.get().sequence());
  }

  private static double number(Sample sample) {
    return Rollup.usable(sample).getAsDouble();
  }

  @Test
  void shouldKeepOutOfStatisticsWhatCannotBeSquared() {
    // When
    Rollup rollup =
        List.of(Double.MAX_VALUE, 1e101, Double.MIN_VALUE, -1e-200, 1e100, -1e100).stream()
            .map(number -> Rollup.of(Samples.number("a", 1, 1, number)))
            .reduce(Rollup::merge)
            .orElseThrow();

    // Then
    assertThat(rollup.n()).isEqualTo(4);
    assertThat(rollup.sum()).isZero();
    assertThat(rollup.min()).isEqualTo(-1e100);
    assertThat(rollup.m2()).isFinite().isPositive();
  }
}
