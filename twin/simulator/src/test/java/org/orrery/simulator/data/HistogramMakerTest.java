package org.orrery.simulator.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HistogramMakerTest {
  private static final DataScale SCALE = DataScale.reference();
  private static final HistogramMaker MAKER = new HistogramMaker(SCALE, 3.6, 7);
  private static final Conditions NOMINAL = Conditions.nominal(SCALE);
  private static final long FIVE_MINUTES_NS = 300_000_000_000L;
  private static final Interval INTERVAL = Interval.at(1_800_000_000_000_000_000L, FIVE_MINUTES_NS);

  /** 1 % limit of Kolmogorov's distribution. */
  private static final double KOLMOGOROV_LIMIT = 1.63;

  private static double[] probabilities(
      List<Histogram> one,
      List<Histogram> other,
      boolean normalised,
      Predicate<HistogramSpec> wanted) {
    double[] probabilities = new double[one.size()];
    for (int i = 0; i < probabilities.length; i++) {
      HistogramSpec spec = one.get(i).spec();
      boolean counts = spec.contents() == HistogramSpec.Contents.COUNTS;
      probabilities[i] =
          counts && wanted.test(spec)
              ? Statistics.probability(one.get(i), other.get(i), normalised)
              : Double.NaN;
    }
    return probabilities;
  }

  @Test
  void shouldServeTwoThousandHistogramsUnderStableNames() {
    // Given
    HistogramCatalogue catalogue = MAKER.catalogue();
    // When
    Set<String> ids = new HashSet<>();
    Set<String> pvs = new HashSet<>();
    for (HistogramSpec spec : catalogue.specs()) {
      ids.add(spec.id());
      pvs.add(spec.pvName());
    }
    // Then
    assertThat(catalogue.specs()).hasSizeGreaterThanOrEqualTo(2_000).hasSize(ids.size());
    assertThat(pvs).hasSize(ids.size()).contains("LAR:DQM:TPC1:R07:DQDX_CATHODE");
    assertThat(catalogue.find("dqm.femb07.rms.u")).isPresent();
    assertThat(catalogue.find("dqm.femb07.occupancy.x").orElseThrow().isMap()).isTrue();
  }

  @Test
  void shouldGiveTheSameForTheSameSeedAndIntervalWhateverWasMadeBefore() {
    // Given
    HistogramMaker other = new HistogramMaker(SCALE, 3.6, 7);
    List<Histogram> unusedBefore = other.make(INTERVAL.next(), NOMINAL);
    // When
    List<Histogram> histograms = MAKER.make(INTERVAL, NOMINAL);
    // Then
    assertThat(other.make(INTERVAL, NOMINAL)).isEqualTo(histograms);
    assertThat(new HistogramMaker(SCALE, 3.6, 8).make(INTERVAL, NOMINAL)).isNotEqualTo(histograms);
    assertThat(MAKER.make(INTERVAL.next(), NOMINAL)).isNotEqualTo(histograms);
  }

  @Test
  void shouldDifferBetweenIntervalsAsPoissonAllows() {
    // Given
    List<Histogram> one = MAKER.make(INTERVAL, NOMINAL);
    // When
    List<Histogram> other = MAKER.make(INTERVAL.next(), NOMINAL);
    // Then
    double[] probabilities = probabilities(one, other, false, spec -> true);
    assertThat(Arrays.stream(probabilities).filter(p -> !Double.isNaN(p)).count())
        .isGreaterThan(1_900);
    assertThat(Statistics.kolmogorov(probabilities)).isLessThan(KOLMOGOROV_LIMIT);
  }

  @Test
  void shouldKeepShapesButLowerStatisticsWithoutBeam() {
    // Given
    List<Histogram> with = MAKER.make(INTERVAL, NOMINAL);
    // When
    List<Histogram> without =
        MAKER.make(INTERVAL.next(), NOMINAL.with(NOMINAL.run().withBeam(false)));
    // Then
    Predicate<HistogramSpec> ofTracks =
        spec -> spec.id().startsWith("dqm.tpc") || spec.id().contains(".pulse.");
    assertThat(Statistics.kolmogorov(probabilities(with, without, true, ofTracks)))
        .isLessThan(KOLMOGOROV_LIMIT);
    for (int i = 0; i < with.size(); i++) {
      if (with.get(i).id().contains(".dqdx-")) {
        assertThat(without.get(i).sum()).isLessThan(0.9 * with.get(i).sum());
      }
    }
  }

  @Test
  void shouldNotChangeTheChargeWithAnotherTriggerMix() {
    // Given
    Conditions beam = NOMINAL.with(RunPlan.of(8, 24.0, 1.0));
    // When
    Conditions mixed = NOMINAL.with(RunPlan.of(15, 24.0, 1.0));
    // Then
    assertThat(mixed.run().configuration()).isEqualTo("physics-mixed");
    assertThat(mixed.run().triggerHertz()).isEqualTo(beam.run().triggerHertz());
    double[] probabilities =
        probabilities(
            MAKER.make(INTERVAL, beam),
            MAKER.make(INTERVAL.next(), mixed),
            true,
            spec -> spec.id().startsWith("dqm.tpc"));
    assertThat(Statistics.kolmogorov(probabilities)).isLessThan(KOLMOGOROV_LIMIT);
  }

  @Test
  void shouldHaveLittleWhileLittleIsTakenAndNothingWithoutARun() {
    // Given
    Histogram full = find(MAKER.make(INTERVAL, NOMINAL), "dqm.femb07.occupancy.u");
    // When
    Histogram low = of(NOMINAL.with(NOMINAL.run().withLiveShare(0.02)), "dqm.femb07.occupancy.u");
    Histogram none = of(NOMINAL.with(NOMINAL.run().withLiveShare(0.0)), "dqm.femb07.occupancy.u");
    // Then
    assertThat(low.exposureSeconds()).isEqualTo(6.0);
    assertThat(low.sum() / full.sum()).isBetween(0.017, 0.023);
    assertThat(none.entries()).isZero();
  }

  @Property(tries = 25)
  void shouldAlwaysGiveCountsThatAreCounted(
      @ForAll @DoubleRange(min = 0.0, max = 0.7) double field,
      @ForAll @DoubleRange(min = 84, max = 95) double kelvin,
      @ForAll @DoubleRange(min = 0.02, max = 60) double lifetime,
      @ForAll @DoubleRange(min = 0, max = 5_000) double noise,
      @ForAll @DoubleRange(min = 0, max = 20) double gain,
      @ForAll @IntRange(min = 0, max = 1) int board) {
    // Given
    DataScale small = new DataScale(2, 2, 2);
    Conditions nominal = Conditions.nominal(small);
    ArgonConditions argon =
        nominal.argon().withField(field).withKelvin(kelvin).withLifetime(lifetime);
    // When
    List<Histogram> made =
        new HistogramMaker(small, 3.6, 1)
            .make(
                INTERVAL,
                nominal
                    .with(argon)
                    .with(nominal.boards().withNoise(board, noise).withGain(board, gain / 10))
                    .with(nominal.photons().withGain(board, gain)));
    // Then
    for (Histogram histogram : made) {
      if (histogram.spec().contents() == HistogramSpec.Contents.COUNTS) {
        assertThat(Arrays.stream(histogram.contents().toArray()))
            .allMatch(c -> c >= 0.0 && c == Math.rint(c));
        assertThat((double) histogram.entries()).isGreaterThanOrEqualTo(histogram.sum());
      }
    }
  }

  @Test
  void shouldRefuseConditionsOfAnotherDetector() {
    // Given
    Conditions small = Conditions.nominal(new DataScale(3, 2, 4));
    // Then
    assertThatThrownBy(() -> MAKER.make(INTERVAL, small)).hasMessageContaining("3 boards");
  }

  private static Histogram of(Conditions conditions, String id) {
    return find(MAKER.make(INTERVAL, conditions), id);
  }

  private static Histogram find(List<Histogram> histograms, String id) {
    return histograms.stream().filter(h -> h.id().equals(id)).findFirst().orElseThrow();
  }
}
