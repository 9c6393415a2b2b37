package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.Samples;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

/** What every engine beneath the archive must do where raw samples are no longer kept. */
abstract class ForgettingContract {
  static final long SECOND_NS = 1_000_000_000L;
  static final long HOUR_NS = 3_600 * SECOND_NS;

  /** The archive's schema on the engine. */
  abstract Database database();

  static HistoryQuery query(String channel, long fromNs, long toNs, Resolution how) {
    return new HistoryQuery(new ChannelId(channel), fromNs, toNs, how);
  }

  static List<ArchivedSample> all(SampleStore store, String channel) {
    return store
        .page(
            new PageQuery(
                new ChannelId(channel), Place.before(Long.MIN_VALUE), Long.MAX_VALUE, 10_000))
        .samples();
  }

  private static List<Long> days(SampleStore store, String channel) {
    return all(store, channel).stream().map(a -> a.sample().sequence()).toList();
  }

  /** Keeps raw samples of every channel for so many days. */
  private static Retention keeping(int rawDays, String... channels) {
    return Retention.of(Facilities.of(channels), rawDays, List.of());
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

    // When samples of a forgotten day come in late, and again
    Sample late = Samples.number("keep.short", samples.getFirst().sourceTimeNs() + 1, 7, 7);
    int counted = store.store("keep", List.of(late, samples.getFirst()));
    int again = store.store("keep", List.of(late, samples.getFirst()));

    // Then the new one enters the roll-ups, once, and none is kept
    assertThat(counted).isEqualTo(1);
    assertThat(again).isZero();
    assertThat(days(store, "keep.short")).containsExactly(99L, 8L, 9L);
    assertThat(store.read(query("keep.short", first.fromNs(), end, hours)).points().getFirst())
        .satisfies(
            p -> {
              assertThat(p.count()).isEqualTo(2);
              assertThat(p.value()).isEqualTo(7);
            });
  }

  @Test
  void shouldBringInYearsOfWhichNoRawSamplesAreKeptAsRollupsOnce() {
    // Given a channel of which raw samples of two days are kept
    PlantDay today = PlantDay.of(Samples.T0 - 1_500 * PlantDay.DAY_NS);
    Retention keep =
        Retention.of(
            Facilities.of("years.a"),
            0,
            List.of(
                new ArchiveConfig.Group("years", List.of(), List.of(new ChannelPattern("*")), 2)));
    SampleStore store = new SampleStore(database(), keep);
    store.store("years", List.of(Samples.number("years.a", today.fromNs(), 1, 1)));
    store.forget(today.fromNs() + HOUR_NS);

    // When another archive gives ten days before, in parts that cut minutes, all of it twice
    List<Sample> older = new ArrayList<>();
    for (int i = 0; i < 2_880; i++) {
      long timeNs = today.fromNs() - 10 * PlantDay.DAY_NS + i * 300 * SECOND_NS;
      older.add(Samples.number("years.a", timeNs, -1, i));
      older.add(Samples.number("years.a", timeNs + SECOND_NS, -1, i));
      older.add(Samples.number("years.a", timeNs + 2 * SECOND_NS, -1, i));
    }
    for (int round = 0; round < 2; round++) {
      for (int from = 0; from < older.size(); from += 1_000) {
        List<Sample> part = older.subList(from, Math.min(from + 1_000, older.size()));
        assertThat(store.backfill(new Backfill(part, List.of())).added())
            .isEqualTo(round == 0 ? part.size() : 0);
      }
    }

    // Then every sample of it is counted once, and raw samples are those of the days that are kept
    History past =
        store.read(
            query(
                "years.a",
                today.fromNs() - 10 * PlantDay.DAY_NS,
                today.fromNs(),
                new Resolution.Interval(HOUR_NS)));
    assertThat(past.points()).hasSize(240).allMatch(point -> point.count() == 36);
    assertThat(all(store, "years.a"))
        .hasSize(2 * 864 + 1)
        .allMatch(a -> a.sample().sourceTimeNs() >= today.fromNs() - 2 * PlantDay.DAY_NS);
  }

  @Test
  void shouldStillSayWhatHoldsThoughItsSampleIsForgotten() {
    // Given set points that were set twice, 45 days ago, and since then only said again
    PlantDay today = PlantDay.of(Samples.T0 - 2_500 * PlantDay.DAY_NS);
    SampleStore store =
        new SampleStore(database(), keeping(30, "holds.choice", "holds.text", "holds.number"));
    long set = today.fromNs() - 45 * PlantDay.DAY_NS + 12 * HOUR_NS;
    List<Sample> samples = new ArrayList<>();
    Map<String, Value> last =
        Map.of(
            "holds.choice", new Value.ChoiceValue(2, "RUNNING"),
            "holds.text", Value.of("recipe 17"),
            "holds.number", Value.of(42.5));
    last.forEach(
        (channel, value) -> {
          Value before =
              value instanceof Value.ChoiceValue ? new Value.ChoiceValue(0, "OFF") : value;
          samples.add(Samples.of(channel, set - 5, 1, before, Quality.GOOD, Severity.NONE));
          samples.add(Samples.of(channel, set, 2, value, Quality.GOOD, Severity.NONE));
        });
    store.store("holds", samples);

    // When they are forgotten, day by day, and said again at a reconnection
    store.forget(today.fromNs() - PlantDay.DAY_NS);
    store.forget(today.fromNs());
    store.store("holds", samples);

    // Then
    for (Map.Entry<String, Value> held : last.entrySet()) {
      String channel = held.getKey();
      assertThat(all(store, channel)).isEmpty();
      long asked = today.fromNs() - HOUR_NS;
      assertThat(store.page(page(channel, asked)).before())
          .hasValueSatisfying(
              before -> {
                assertThat(before.sample().value()).isEqualTo(held.getValue());
                assertThat(before.sample().sourceTimeNs()).isEqualTo(set);
              });
      assertThat(
              store
                  .read(query(channel, asked, today.fromNs(), new Resolution.Optimised(10)))
                  .before())
          .hasValueSatisfying(point -> assertThat(point.timeNs()).isEqualTo(set));
      // and not what came later than the asked time
      assertThat(store.page(page(channel, set)).before()).isEmpty();
    }

    // When one is set anew, and that is forgotten too
    Value off = new Value.ChoiceValue(0, "OFF");
    long again = today.fromNs() - HOUR_NS;
    store.store(
        "holds", List.of(Samples.of("holds.choice", again, 3, off, Quality.GOOD, Severity.NONE)));
    store.forget(today.fromNs() + 40 * PlantDay.DAY_NS);

    // Then
    assertThat(store.page(page("holds.choice", today.fromNs())).before())
        .hasValueSatisfying(before -> assertThat(before.sample().value()).isEqualTo(off));
  }

  private static PageQuery page(String channel, long fromNs) {
    return new PageQuery(new ChannelId(channel), Place.before(fromNs), fromNs + HOUR_NS, 10);
  }

  @Test
  void shouldSayWhatHeldBeforeATimeWithinAForgottenMinute() {
    // Given ten minutes at 1 Hz that are forgotten
    PlantDay today = PlantDay.of(Samples.T0 - 2_700 * PlantDay.DAY_NS);
    SampleStore store = new SampleStore(database(), keeping(2, "within.a"));
    long noon = today.fromNs() - 5 * PlantDay.DAY_NS + 12 * HOUR_NS;
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      samples.add(Samples.number("within.a", noon + i * SECOND_NS, i, i));
    }
    store.store("within", samples);
    store.forget(today.fromNs());

    // When a few seconds of the third minute are asked for
    long from = noon + 130 * SECOND_NS;
    History history =
        store.read(query("within.a", from, from + 20 * SECOND_NS, new Resolution.Raw(100)));

    // Then the minute before tells what it began with as well as it is known, and that there were
    // some
    assertThat(history.before()).hasValueSatisfying(p -> assertThat(p.value()).isEqualTo(119));
    assertThat(history.gaps())
        .singleElement()
        .satisfies(gap -> assertThat(gap.reason()).contains("no longer kept"));
  }

  @Test
  void shouldForgetTheRowsOfChannelsThatMovedToAShorterGroup() {
    // Given days of two channels in the same pieces
    PlantDay today = PlantDay.of(Samples.T0 - 2_900 * PlantDay.DAY_NS);
    SampleStore before = new SampleStore(database(), keeping(0, "moved.a", "moved.b"));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4 * 24 * 6; i++) {
      long timeNs = today.fromNs() - 4 * PlantDay.DAY_NS + i * 600 * SECOND_NS;
      samples.add(Samples.number("moved.a", timeNs, i, i));
      samples.add(Samples.number("moved.b", timeNs, i, i));
    }
    before.store("moved", samples);

    // When one of them moves to a group that is kept for a day
    Retention keep =
        Retention.of(
            Facilities.of("moved.a", "moved.b"),
            0,
            List.of(
                new ArchiveConfig.Group(
                    "moved-b", List.of(), List.of(new ChannelPattern("moved.b")), 1)));
    new SampleStore(database(), keep).forget(today.fromNs() + HOUR_NS);

    // Then
    SampleStore after = new SampleStore(database(), keep);
    assertThat(all(after, "moved.a")).hasSize(576);
    assertThat(all(after, "moved.b"))
        .hasSize(144)
        .allMatch(a -> a.sample().sourceTimeNs() >= today.fromNs() - PlantDay.DAY_NS);
  }
}
