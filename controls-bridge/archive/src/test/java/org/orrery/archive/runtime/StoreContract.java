package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.orrery.archive.Samples;
import org.orrery.archive.core.Retention;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.History;
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
import org.orrery.store.DatabaseException;

/** What every engine beneath the archive must do; each test has channels and days of its own. */
abstract class StoreContract extends ForgettingContract {
  private SampleStore open() {
    return new SampleStore(database(), Retention.of(Facilities.of(), 0, List.of()));
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
  void shouldGiveNoChannelTheNumberOfAnotherThoughACommitFails() {
    // Given a store that was refused the commit of two channels' numbers
    execute(
        "create function refuse() returns trigger language plpgsql as "
            + "$f$ begin raise exception 'no commit'; end $f$");
    execute(
        "create constraint trigger refuse after insert on channel"
            + " deferrable initially deferred for each row"
            + " when (new.id like 'commit.%') execute function refuse()");
    SampleStore store = open();
    List<Sample> both =
        List.of(
            Samples.number("commit.a", Samples.T0, 1, 1),
            Samples.number("commit.c", Samples.T0, 1, 3));
    assertThatThrownBy(() -> store.store("commit", both)).isInstanceOf(DatabaseException.class);
    execute("drop trigger refuse on channel");
    execute("drop function refuse()");

    // When another comes, and they come again
    store.store("commit", List.of(Samples.number("commit.b", Samples.T0 + 1, 1, 2)));
    store.store("commit", both);

    // Then each has what is its own, also for a store that knows nothing yet
    for (SampleStore any : List.of(store, open())) {
      for (Sample sample : both) {
        assertThat(all(any, sample.channel().value()))
            .extracting(ArchivedSample::sample)
            .containsExactly(sample);
      }
      assertThat(all(any, "commit.b")).hasSize(1);
    }
  }

  private void execute(String sql) {
    database()
        .runInTransaction(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
              }
            });
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

  @Test
  void shouldSayThatThereAreMoreSilencesThanOneAnswerHoldsAndGiveTheNewest() {
    // Given a channel that came and went, and is away now
    SampleStore store = open();
    ChannelId channel = new ChannelId("flaps.a");
    List<Backfill.ChannelGap> gaps = new ArrayList<>();
    for (int i = 0; i < Gaps.MOST + 50; i++) {
      long at = Samples.T0 + i * 10 * SECOND_NS;
      gaps.add(gap(channel, at, at + SECOND_NS, "away " + i));
    }
    store.backfill(new Backfill(List.of(), gaps));

    // When
    long end = Samples.T0 + (Gaps.MOST + 100) * 10 * SECOND_NS;
    List<Gap> told =
        store.read(query("flaps.a", Samples.T0 - 5, end, new Resolution.Raw(10))).gaps();

    // Then
    assertThat(told).hasSize(Gaps.MOST);
    assertThat(told.getLast().reason()).isEqualTo("away " + (Gaps.MOST + 49));
    assertThat(told.getFirst().fromNs()).isEqualTo(Samples.T0 - 5);
    assertThat(told.getFirst().toNs()).hasValue(Samples.T0 + 501 * SECOND_NS);
    assertThat(told.getFirst().reason()).contains("more silences than one answer holds");
    assertThat(told.get(1).fromNs()).isEqualTo(Samples.T0 + 510 * SECOND_NS);
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
  void shouldGiveLargeArraysInPagesOfBoundedSizeAndInPointsAsWords() {
    // Given forty arrays of 2 MiB each, and one that is larger than any page
    int numbers = 1 << 18;
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      double[] wave = new double[i == 20 ? 10 * numbers : numbers];
      wave[0] = i;
      samples.add(
          Samples.of(
              "waves.a",
              Samples.T0 + i,
              i,
              DoubleArrayValue.of(wave),
              Quality.GOOD,
              Severity.NONE));
    }
    SampleStore store = open();
    for (int from = 0; from < samples.size(); from += 5) {
      store.store("waves", samples.subList(from, Math.min(from + 5, samples.size())));
    }

    // When
    List<Double> found = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Place place = Place.before(Samples.T0);
    Page page;
    do {
      page = store.page(new PageQuery(new ChannelId("waves.a"), place, Samples.T0 + 100, 10_000));
      int bytes = 0;
      for (ArchivedSample archived : page.samples()) {
        DoubleArrayValue wave = (DoubleArrayValue) archived.sample().value();
        found.add(wave.get(0));
        bytes += wave.size() * Double.BYTES;
        place = Place.of(archived);
      }
      sizes.add(bytes);
    } while (page.more());
    History points =
        store.read(query("waves.a", Samples.T0, Samples.T0 + 100, new Resolution.Raw(1_000)));

    // Then every array is there once, a page ends with the array that fills it, and goes on
    assertThat(found).hasSize(41).isSorted().doesNotHaveDuplicates();
    assertThat(sizes)
        .hasSizeGreaterThan(5)
        .allMatch(size -> size < SampleRows.MOST_BYTES + 10 * numbers * Double.BYTES);
    assertThat(points.truncated()).isFalse();
    assertThat(points.points()).hasSize(41);
    assertThat(points.points().getFirst().text()).contains(numbers + " values");
  }

  @Test
  void shouldSayWhereItGaveOnlyTheFirstOfManyOrLongTexts() {
    // Given thirty texts of 1 MiB each
    SampleStore store = open();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      samples.add(
          Samples.of(
              "novel.a",
              Samples.T0 + i,
              i,
              Value.of(Integer.toString(i % 10).repeat(1 << 20)),
              Quality.GOOD,
              Severity.NONE));
    }
    store.store("novel", samples);

    // When
    History first =
        store.read(query("novel.a", Samples.T0, Samples.T0 + 100, new Resolution.Raw(1_000)));
    History rest =
        store.read(
            query(
                "novel.a",
                first.points().getLast().timeNs() + 1,
                Samples.T0 + 100,
                new Resolution.Raw(1_000)));
    History few = store.read(query("novel.a", Samples.T0, Samples.T0 + 100, new Resolution.Raw(3)));
    History justAll =
        store.read(query("novel.a", Samples.T0, Samples.T0 + 3, new Resolution.Raw(3)));

    // Then
    assertThat(first.truncated()).isTrue();
    assertThat(first.points()).hasSize(16);
    assertThat(rest.truncated()).isFalse();
    assertThat(rest.points()).hasSize(14);
    assertThat(few.truncated()).isTrue();
    assertThat(few.points()).hasSize(3);
    assertThat(justAll.truncated()).isFalse();
    assertThat(justAll.points()).hasSize(3);
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
  void shouldHaveABackfilledSampleGiveWayToAMeasuredOneThatComesLater() {
    // Given a sample that another archive gave before our own log did
    SampleStore store = open();
    long t = Samples.T0 + 7 * HOUR_NS;
    store.backfill(
        new Backfill(
            List.of(
                Samples.number("late.a", t, -1, 1_000),
                Samples.number("late.a", t, -2, 2_000),
                Samples.number("late.a", t + SECOND_NS, -1, 5)),
            List.of()));

    // When
    int stored = store.store("late", List.of(Samples.number("late.a", t, 17, 3)));

    // Then
    assertThat(stored).isEqualTo(1);
    assertThat(all(store, "late.a"))
        .extracting(archived -> archived.sample().sequence())
        .containsExactly(17L, -1L);
    for (long interval : new long[] {Rollup.MINUTE_NS, HOUR_NS}) {
      assertThat(
              store
                  .read(query("late.a", t, t + HOUR_NS, new Resolution.Interval(interval)))
                  .points())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.count()).isEqualTo(2);
                assertThat(p.max()).isEqualTo(5);
                assertThat(p.mean()).isEqualTo(4);
              });
    }
  }

  @Test
  void shouldCountEverySampleOnceHoweverItIsDeliveredBackfilledAndForgotten() {
    for (long seed = 1; seed <= 12; seed++) {
      // Given two writers, as of two processes
      Random random = new Random(seed);
      RollupTruth truth = new RollupTruth("truth-" + seed, random);
      List<SampleStore> stores =
          List.of(new SampleStore(database(), truth.keep), new SampleStore(database(), truth.keep));
      stores.getFirst().store("truth-" + seed, truth.firstOfEach());
      truth.measure(truth.firstOfEach());
      int day = 0;

      // When
      for (int i = 0; i < 60; i++) {
        SampleStore store = stores.get(random.nextInt(2));
        switch (random.nextInt(8)) {
          case 0 -> {
            day = Math.min(RollupTruth.DAYS + 1, day + random.nextInt(2));
            store.forget(RollupTruth.noonOf(day));
            truth.forget(RollupTruth.noonOf(day));
          }
          case 1, 2, 3 -> {
            List<Sample> some = RollupTruth.some(truth.elsewhere, random);
            store.backfill(new Backfill(some, List.of()));
            truth.backfill(some);
          }
          default -> {
            List<Sample> some = RollupTruth.some(truth.measured, random);
            store.store("truth-" + seed, some);
            truth.measure(some);
          }
        }
      }

      // Then
      truth.assertHeld(database(), "seed " + seed);
      truth.assertHeldInAnyOrder(database(), "seed " + seed);
    }
  }

  @Test
  void shouldCountEverySampleOnceThoughAllHappensAtOnce() throws Exception {
    for (long seed = 101; seed <= 104; seed++) {
      // Given
      RollupTruth truth = new RollupTruth("crowd-" + seed, new Random(seed));
      String source = "crowd-" + seed;
      Random measuring = new Random(seed + 1);
      Random backfilling = new Random(seed + 2);
      List<List<Sample>> measured = new ArrayList<>();
      List<List<Sample>> backfilled = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        measured.add(RollupTruth.some(truth.measured, measuring));
        backfilled.add(RollupTruth.some(truth.elsewhere, backfilling));
      }
      int last = 3;
      new SampleStore(database(), truth.keep).store(source, truth.firstOfEach());
      truth.measure(truth.firstOfEach());

      // When
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> done = new ArrayList<>();
        SampleStore ingest = new SampleStore(database(), truth.keep);
        SampleStore import1 = new SampleStore(database(), truth.keep);
        SampleStore import2 = new SampleStore(database(), truth.keep);
        SampleStore keeper = new SampleStore(database(), truth.keep);
        done.add(threads.submit(() -> measured.forEach(some -> ingest.store(source, some))));
        for (SampleStore store : List.of(import1, import2)) {
          done.add(
              threads.submit(
                  () -> backfilled.forEach(some -> store.backfill(new Backfill(some, List.of())))));
        }
        done.add(
            threads.submit(
                () -> {
                  for (int day = 0; day <= last; day++) {
                    keeper.forget(RollupTruth.noonOf(day));
                  }
                }));
        for (Future<?> each : done) {
          each.get(120, TimeUnit.SECONDS);
        }
      }
      truth.forget(RollupTruth.noonOf(last));
      measured.forEach(truth::measure);
      backfilled.forEach(truth::backfill);

      // Then
      truth.assertHeldInAnyOrder(database(), "seed " + seed);
    }
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
