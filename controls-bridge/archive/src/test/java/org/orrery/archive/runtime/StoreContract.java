package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.Samples;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.history.Mark;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

/** What every engine beneath the archive must do; each test has channels and days of its own. */
abstract class StoreContract {
  static final long SECOND_NS = 1_000_000_000L;
  static final long HOUR_NS = 3_600 * SECOND_NS;

  /** The archive's schema on the engine. */
  abstract Database database();

  private SampleStore open() {
    return new SampleStore(database(), Retention.of(Facilities.of(), 0, List.of()));
  }

  private static HistoryQuery query(String channel, long fromNs, long toNs, Resolution how) {
    return new HistoryQuery(new ChannelId(channel), fromNs, toNs, how);
  }

  private static List<ArchivedSample> all(SampleStore store, String channel) {
    return store
        .page(
            new PageQuery(
                new ChannelId(channel), Place.before(Long.MIN_VALUE), Long.MAX_VALUE, 10_000))
        .samples();
  }

  @Test
  void shouldStoreEachSampleOnceAndReduceLikeBruteForceUnderRedelivery() {
    // Given six hours, out of order, some unusable, in batches that overlap
    long seed = 20_261_128;
    Random random = new Random(seed);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      Quality quality = random.nextInt(10) == 0 ? Quality.BAD : Quality.GOOD;
      double value = random.nextInt(50) == 0 ? Double.NaN : 101_325 + random.nextGaussian();
      samples.add(
          Samples.of(
                  "reduce.p",
                  Samples.T0 + (long) (random.nextDouble() * 6 * HOUR_NS),
                  i,
                  Value.of(value),
                  quality,
                  quality == Quality.BAD ? Severity.INVALID : Severity.NONE)
              .withLostBefore(random.nextInt(3)));
    }
    List<Sample> sent = new ArrayList<>(samples);
    sent.addAll(samples.subList(1_000, 3_000));
    Collections.shuffle(sent, random);

    // When
    SampleStore store = open();
    int stored = 0;
    for (int from = 0; from < sent.size(); from += 900) {
      stored += store.store("reduce", sent.subList(from, Math.min(from + 900, sent.size())));
    }

    // Then
    assertThat(stored).as("seed %d", seed).isEqualTo(samples.size());
    assertThat(store.stored("reduce")).isEqualTo(sent.size());
    for (long seconds : new long[] {7, 60, 300, 3_600, 7_200}) {
      assertReduced(store, samples, seconds * SECOND_NS);
    }
  }

  private static void assertReduced(SampleStore store, List<Sample> samples, long intervalNs) {
    History history =
        store.read(
            query(
                "reduce.p",
                Samples.T0,
                Samples.T0 + 6 * HOUR_NS,
                new Resolution.Interval(intervalNs)));
    long count = 0;
    for (History.Point point : history.points()) {
      List<Sample> part =
          samples.stream()
              .filter(s -> s.sourceTimeNs() >= point.timeNs())
              .filter(s -> s.sourceTimeNs() < point.timeNs() + intervalNs)
              .sorted(
                  Comparator.comparingLong(Sample::sourceTimeNs)
                      .thenComparingLong(Sample::sequence))
              .toList();
      double[] usable = part.stream().flatMapToDouble(s -> Rollup.usable(s).stream()).toArray();
      assertThat(point.count()).isEqualTo(usable.length);
      assertThat(point.lost()).isEqualTo(part.stream().mapToLong(Sample::lostBefore).sum());
      if (usable.length > 0) {
        double mean = Arrays.stream(usable).average().getAsDouble();
        double squares = Arrays.stream(usable).map(v -> (v - mean) * (v - mean)).sum();
        assertThat(point.mean()).isCloseTo(mean, within(1e-6));
        assertThat(point.min()).isEqualTo(Arrays.stream(usable).min().getAsDouble());
        assertThat(point.max()).isEqualTo(Arrays.stream(usable).max().getAsDouble());
        assertThat(point.value()).isEqualTo(usable[usable.length - 1]);
        assertThat(point.deviation())
            .isCloseTo(
                usable.length == 1 ? 0 : Math.sqrt(squares / (usable.length - 1)), within(1e-6));
      }
      count += part.size();
    }
    assertThat(count).as("%d s", intervalNs / SECOND_NS).isEqualTo(samples.size());
  }

  @Test
  void shouldKeepSamplesWhoseTimesAreEqualOlderOrAheadAndMarkThem() {
    // Given what an appliance that trusts source times would drop without a word
    long t = Samples.T0;
    List<Sample> samples =
        List.of(
            Samples.number("times.a", t, 1, 1),
            Samples.number("times.a", t, 2, 2),
            Samples.number("times.a", t - 48 * HOUR_NS, 3, 3),
            new Sample(
                new ChannelId("times.a"),
                Value.of(4),
                Severity.NONE,
                "",
                t + HOUR_NS,
                t,
                Quality.GOOD,
                0,
                4),
            Samples.number("times.a", t + 1, 5, 5));

    // When
    SampleStore store = open();
    store.store("times", samples);

    // Then all five are there, in order of their own times
    assertThat(all(store, "times.a"))
        .extracting(a -> a.sample().sequence())
        .containsExactly(3L, 1L, 2L, 5L, 4L);
    assertThat(all(store, "times.a"))
        .extracting(ArchivedSample::marks)
        .containsExactly(
            Set.of(Mark.LATE), Set.of(), Set.of(), Set.of(Mark.LATE), Set.of(Mark.AHEAD));
    assertThat(store.read(query("times.a", t, t + 2 * HOUR_NS, new Resolution.Raw(10))).points())
        .extracting(History.Point::marks)
        .containsExactly(Set.of(), Set.of(), Set.of(Mark.LATE), Set.of(Mark.AHEAD));
  }

  @Test
  void shouldKeepABurstHoweverLargeItIs() {
    // Given a channel that speaks as fast as it can within one millisecond
    List<Sample> burst = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      burst.add(Samples.number("burst.a", Samples.T0 + i * 33L, i, i));
    }

    // When
    SampleStore store = open();
    store.store("burst", burst);

    // Then
    History second =
        store.read(
            query(
                "burst.a", Samples.T0, Samples.T0 + SECOND_NS, new Resolution.Interval(SECOND_NS)));
    assertThat(second.points())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.count()).isEqualTo(30_000);
              assertThat(p.mean()).isCloseTo(14_999.5, within(1e-6));
            });
  }

  @Test
  void shouldSayWhatHeldBeforeAWindowWithoutASample() {
    // Given
    SampleStore store = open();
    store.store(
        "before",
        List.of(
            Samples.number("before.a", Samples.T0 - 30 * 24 * HOUR_NS, 1, 1),
            Samples.number("before.a", Samples.T0 - 20 * 24 * HOUR_NS, 2, 42)));

    // When / Then
    for (Resolution how :
        List.of(
            new Resolution.Raw(10),
            new Resolution.Interval(HOUR_NS),
            new Resolution.Optimised(100))) {
      History history = store.read(query("before.a", Samples.T0, Samples.T0 + HOUR_NS, how));
      assertThat(history.points()).isEmpty();
      assertThat(history.before().orElseThrow().value()).isEqualTo(42);
    }
  }

  @Test
  void shouldTellEverySilenceThatTouchesTheWindow() {
    // Given
    SampleStore store = open();
    ChannelId channel = new ChannelId("silent.a");
    store.backfill(
        new Backfill(
            List.of(),
            List.of(
                gap(channel, Samples.T0 - 50, Samples.T0 - 40, "over before"),
                gap(channel, Samples.T0 - 10, Samples.T0 + 500, "disconnected: all the while"),
                gap(channel, Samples.T0 + 600, Samples.T0 + 700, "after"))));

    // When
    History history =
        store.read(query("silent.a", Samples.T0, Samples.T0 + 100, new Resolution.Raw(10)));

    // Then a window that lies within the silence is explained
    assertThat(history.gaps())
        .containsExactly(
            new Gap(
                Samples.T0 - 10, OptionalLong.of(Samples.T0 + 500), "disconnected: all the while"));
  }

  private static Backfill.ChannelGap gap(ChannelId channel, long from, long to, String reason) {
    return new Backfill.ChannelGap(channel, new Gap(from, OptionalLong.of(to), reason));
  }

  @Test
  void shouldGiveEveryValueBackPageByPage() {
    // Given
    DoubleArrayValue array = DoubleArrayValue.of(1, 2, Double.NaN);
    List<Value> values =
        List.of(
            Value.of(1.5),
            Value.of(Double.NEGATIVE_INFINITY),
            new Value.LongValue(Long.MIN_VALUE),
            new Value.ChoiceValue(1, "ON"),
            Value.of("snow \u2603"),
            array,
            new HistogramValue(DoubleArrayValue.of(0, 1, 2, 3), array));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 70; i++) {
      samples.add(
          Samples.of(
                  "pages.a",
                  Samples.T0 + i / 3,
                  i,
                  values.get(i % values.size()),
                  Quality.values()[i % 4],
                  Severity.values()[i % 4])
              .withLostBefore(i));
    }
    SampleStore store = open();
    store.store("pages", samples);

    // When
    List<Sample> found = new ArrayList<>();
    Place place = Place.before(Samples.T0);
    Page page;
    int pages = 0;
    do {
      page = store.page(new PageQuery(new ChannelId("pages.a"), place, Samples.T0 + 1_000, 16));
      page.samples().forEach(archived -> found.add(archived.sample()));
      place = Place.of(page.samples().getLast());
      pages++;
    } while (page.more());

    // Then
    assertThat(found).isEqualTo(samples);
    assertThat(pages).isEqualTo(5);
  }

  @Test
  void shouldTakeABackfillOnceAndNeverOverAMeasuredSample() {
    // Given measured samples at the seconds 10 to 19
    SampleStore store = open();
    List<Sample> measured = new ArrayList<>();
    for (int i = 10; i < 20; i++) {
      measured.add(Samples.number("backfill.a", Samples.T0 + i * SECOND_NS, i, 100 + i));
    }
    store.store("backfill", measured);

    // When an older archive gives the seconds 0 to 29, two of them at the same time, twice
    List<Sample> older = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      older.add(Samples.number("backfill.a", Samples.T0 + i * SECOND_NS, -1, i));
    }
    older.add(Samples.number("backfill.a", Samples.T0, -2, 0.5));
    Backfill backfill = new Backfill(older, List.of());

    // Then
    assertThat(store.backfill(backfill)).isEqualTo(new Backfill.Done(21, 10, 0));
    assertThat(store.backfill(backfill)).isEqualTo(new Backfill.Done(0, 31, 0));
    List<ArchivedSample> found = all(store, "backfill.a");
    assertThat(found).hasSize(31);
    for (ArchivedSample archived : found) {
      boolean measuredOne = archived.sample().sequence() >= 0;
      assertThat(archived.marks()).isEqualTo(measuredOne ? Set.of() : Set.of(Mark.BACKFILLED));
    }
    assertThat(found.stream().filter(a -> a.sample().sequence() >= 0).map(ArchivedSample::sample))
        .containsExactlyElementsOf(measured);

    // Then the roll-ups hold both, once
    History minute =
        store.read(
            query(
                "backfill.a",
                Samples.T0,
                Samples.T0 + 60 * SECOND_NS,
                new Resolution.Interval(Rollup.MINUTE_NS)));
    assertThat(minute.points())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.count()).isEqualTo(31);
              assertThat(p.value()).isEqualTo(29);
              assertThat(p.max()).isEqualTo(119);
            });
  }

  @Test
  void shouldForgetRawSamplesByGroupAndKeepTheRollupsAndSaySo() {
    // Given ten days of a group that is kept 1 day, of one kept 4 days, and of one kept for good
    PlantDay first = PlantDay.of(Samples.T0 - 2_000 * PlantDay.DAY_NS);
    Retention keep =
        Retention.of(
            Facilities.of("keep.short", "keep.long", "keep.ever"),
            4,
            List.of(
                new ArchiveConfig.Group(
                    "short", List.of(), List.of(new ChannelPattern("*.short")), 1),
                new ArchiveConfig.Group(
                    "ever", List.of(), List.of(new ChannelPattern("keep.e*")), 0)));
    SampleStore store = new SampleStore(database(), keep);
    List<Sample> samples = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      for (String channel : List.of("keep.short", "keep.long", "keep.ever")) {
        long noon = first.fromNs() + day * PlantDay.DAY_NS + 12 * HOUR_NS;
        samples.add(Samples.number(channel, noon, day, day));
      }
    }
    store.store("keep", samples);
    // and a sample of a time that no plant can have
    store.store("keep", List.of(Samples.number("keep.short", 5, 99, 99)));

    // When it is noon of the last day
    long now = first.fromNs() + 9 * PlantDay.DAY_NS + 12 * HOUR_NS;
    store.forget(now);
    store.forget(now);

    // Then whole days are left of each group
    assertThat(days(store, "keep.short")).containsExactly(99L, 8L, 9L);
    assertThat(days(store, "keep.long")).containsExactly(5L, 6L, 7L, 8L, 9L);
    assertThat(days(store, "keep.ever")).hasSize(10);

    // Then the roll-ups of all days are left, and say what the samples no longer do
    Resolution hours = new Resolution.Interval(HOUR_NS);
    long end = first.fromNs() + 10 * PlantDay.DAY_NS;
    assertThat(store.read(query("keep.short", first.fromNs(), end, hours)).points())
        .extracting(History.Point::value)
        .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
    assertThat(
            store
                .read(query("keep.short", first.fromNs(), end, new Resolution.Optimised(1_000)))
                .points())
        .hasSize(10);
    History raw = store.read(query("keep.short", first.fromNs(), end, new Resolution.Raw(1_000)));
    assertThat(raw.gaps())
        .singleElement()
        .satisfies(gap -> assertThat(gap.reason()).contains("no longer kept"));

    // Then a sample of a forgotten day can come in late
    store.store(
        "keep", List.of(Samples.number("keep.short", samples.getFirst().sourceTimeNs() + 1, 7, 7)));
    assertThat(days(store, "keep.short")).contains(7L);
  }

  private static List<Long> days(SampleStore store, String channel) {
    return all(store, channel).stream().map(a -> a.sample().sequence()).toList();
  }

  @Test
  void shouldGiveAChannelThatWasNeverStoredNothing() {
    SampleStore store = open();
    Set<Object> found = new HashSet<>(all(store, "never.seen"));
    assertThat(found).isEmpty();
    assertThat(store.read(query("never.seen", 0, 10, new Resolution.Optimised(10))))
        .isEqualTo(History.empty(new ChannelId("never.seen")));
  }
}
