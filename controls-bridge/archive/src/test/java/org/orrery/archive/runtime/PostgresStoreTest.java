package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.Samples;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;

/** The archive on plain PostgreSQL. */
class PostgresStoreTest extends StoreContract {
  @Override
  Database database() {
    return Servers.shared();
  }

  @Test
  void shouldDropWholePiecesOfAGroupInsteadOfDeletingRows() {
    // Given two groups on one day
    PlantDay day = PlantDay.of(Samples.T0 - 1_000 * PlantDay.DAY_NS);
    Retention keep =
        Retention.of(
            Facilities.of("pieces.a", "pieces.b"),
            0,
            List.of(
                new ArchiveConfig.Group(
                    "pieces-b", List.of(), List.of(new ChannelPattern("pieces.b")), 1)));
    SampleStore store = new SampleStore(database(), keep);
    store.store(
        "pieces",
        List.of(
            Samples.number("pieces.a", day.fromNs(), 1, 1),
            Samples.number("pieces.b", day.fromNs(), 1, 1)));
    String pieces =
        "select count(*) from pg_class where relkind = 'r' and relname like 'sample_"
            + day.suffix()
            + "_g%'";
    long before = Servers.count(database(), pieces);

    // When
    store.forget(day.fromNs() + 5 * PlantDay.DAY_NS);

    // Then
    assertThat(before).isEqualTo(2);
    assertThat(Servers.count(database(), pieces)).isEqualTo(1);
    assertThat(Servers.count(database(), "select count(*) from sample_" + day.suffix()))
        .isEqualTo(1);
    assertThat(store.engine()).isEqualTo("PostgreSQL");
  }

  @Test
  void shouldMakeAndDropThePiecesOfManyYearsAlsoWhereTheServerHasRoomForFewLocks() {
    // Given a set point that changed every other day for years, as another archive knows it
    PlantDay first = PlantDay.of(Samples.T0 - 9_500 * PlantDay.DAY_NS);
    int changes = 400;
    SampleStore store =
        new SampleStore(database(), Retention.of(Facilities.of("pieces.set"), 0, List.of()));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < changes; i++) {
      samples.add(Samples.number("pieces.set", first.fromNs() + 2L * i * PlantDay.DAY_NS, -1, i));
    }

    // When they are brought in
    long added = store.backfill(new Backfill(samples, List.of())).added();

    // Then
    assertThat(added).isEqualTo(changes);
    assertThat(all(store, "pieces.set")).hasSize(changes);

    // When it is decided years later that raw samples are kept for a week
    SampleStore shorter =
        new SampleStore(database(), Retention.of(Facilities.of("pieces.set"), 7, List.of()));
    shorter.forget(first.fromNs() + (2L * changes + 100) * PlantDay.DAY_NS);

    // Then
    assertThat(all(shorter, "pieces.set")).isEmpty();
  }

  @Test
  void shouldMakeAPieceAnewThatAnotherProcessDropped() {
    // Given a store that knows the pieces of a day
    PlantDay day = PlantDay.of(Samples.T0 - 900 * PlantDay.DAY_NS);
    Retention keep =
        Retention.of(
            Facilities.of("dropped.a", "dropped.b"),
            0,
            List.of(
                new ArchiveConfig.Group(
                    "dropped", List.of(), List.of(new ChannelPattern("*")), 1)));
    SampleStore store = new SampleStore(database(), keep);
    store.store("dropped", List.of(Samples.number("dropped.a", day.fromNs(), 1, 1)));

    // When another process drops them, and a channel that nobody knew has a sample of that day
    new SampleStore(database(), keep).forget(day.fromNs() + 5 * PlantDay.DAY_NS);
    int stored = store.store("dropped", List.of(Samples.number("dropped.b", day.fromNs(), 2, 2)));

    // Then it lies in a piece of its day, not among those of times that no plant can have
    assertThat(stored).isEqualTo(1);
    assertThat(Servers.count(database(), "select count(*) from sample_" + day.suffix()))
        .isEqualTo(1);
  }

  @Test
  void shouldKeepNothingThatRetentionForgotWhileItWasOnItsWay() {
    // Given a store that has prepared for an old day
    PlantDay day = PlantDay.of(Samples.T0 - 800 * PlantDay.DAY_NS);
    Retention keep =
        Retention.of(
            Facilities.of("meanwhile.a"),
            0,
            List.of(
                new ArchiveConfig.Group(
                    "meanwhile", List.of(), List.of(new ChannelPattern("*")), 1)));
    SampleStore store = new SampleStore(database(), keep);
    store.store("meanwhile", List.of(Samples.number("meanwhile.a", day.fromNs(), 1, 1)));

    // When another process forgets the day, and more of it comes
    new SampleStore(database(), keep).forget(day.fromNs() + 5 * PlantDay.DAY_NS);
    int stored =
        store.store(
            "meanwhile",
            List.of(
                Samples.number("meanwhile.a", day.fromNs(), 1, 1),
                Samples.number("meanwhile.a", day.fromNs() + 9, 2, 2)));

    // Then the roll-ups alone have it, once
    assertThat(stored).isEqualTo(1);
    assertThat(
            Servers.count(
                database(),
                "select sum(n) from rollup r join channel c on c.number = r.channel"
                    + " where c.id = 'meanwhile.a'"))
        .isEqualTo(2);
    assertThat(
            Servers.count(
                database(),
                "select count(*) from sample r join channel c on c.number = r.channel"
                    + " where c.id = 'meanwhile.a'"))
        .isZero();
  }

  @Test
  void shouldTakeNoRoomForWhatSaysNothing() {
    // Given a day of good numbers
    PlantDay day = PlantDay.of(Samples.T0 - 600 * PlantDay.DAY_NS);
    SampleStore store =
        new SampleStore(database(), Retention.of(Facilities.of("room.a"), 0, List.of()));
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      samples.add(Samples.number("room.a", day.fromNs() + i * 1_000_000_000L, i, i));
    }

    // When
    store.store("room", samples);

    // Then header and null bitmap take 32 bytes, three times and the channel's number 32, and the
    // number 8
    long bytes =
        Servers.count(
            database(), "select max(pg_column_size(s.*)) from sample_" + day.suffix() + "_g0 s");
    assertThat(bytes).isEqualTo(72);
  }
}
