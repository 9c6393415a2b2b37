package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.Samples;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.archive.core.Rollup;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.Mark;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.Store;

/** A filled database as an earlier version left it, brought up to date. */
class OldDatabaseTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int ROWS = 5_000;

  @TempDir private Path folder;

  /** Undoes the migrations from the 30th on, and fills in what version 20 would have stored. */
  private static void makeOld(Database database) {
    PlantDay day = PlantDay.of(Samples.T0);
    run(
        database,
        "drop table sample_turn, last_forgotten",
        "alter table channel drop column raw_from_ns, drop column backfilled_to_ns",
        "alter table kafka_offset drop column topic_id, drop column newest_ns",
        "drop index loss_with_time",
        "alter table loss drop column from_ns, drop column to_ns",
        "alter table sample alter column backfilled set default false,"
            + " alter column lost_before set not null, alter column kind set not null,"
            + " alter column severity set not null, alter column quality set not null,"
            + " alter column late set not null, alter column backfilled set not null",
        "delete from schema_history where version::int >= 30",
        "insert into plant_clock values (" + (Samples.T0 + 3_600 * SECOND_NS) + ")",
        "insert into channel values (1, 'old.a')",
        "insert into kafka_offset values ('cluster', 'topic', 0, 4711)",
        "create table sample_%s partition of sample for values from (%d) to (%d)"
                .formatted(day.suffix(), day.fromNs(), day.toNs())
            + " partition by range (channel)",
        "create table sample_%1$s_g0 partition of sample_%1$s for values from (0) to (4194304)"
            .formatted(day.suffix()),
        // One in ten was back-filled, and the last of all is of a device whose clock is ahead.
        ("insert into sample (source_time_ns, sequence, received_time_ns, channel, lost_before,"
             + " kind, severity, quality, late, number, backfilled) select %1$d + i *"
             + " 1000000000::bigint, case when i %% 10 = 0 then -1 else i end, %1$d, 1, i %% 3, 0,"
             + " i %% 4, 0, false, i, i %% 10 = 0 from generate_series(0, %2$d - 1) i")
            .formatted(Samples.T0, ROWS),
        "insert into rollup (channel, minute_ns, n, min, max, sum, m2, last, last_ns, last_seq,"
            + " lost, severity) select 1, source_time_ns - mod(source_time_ns, 60000000000),"
            + " count(*), min(number), max(number), sum(number), var_pop(number) * count(*),"
            + " max(number), max(source_time_ns), max(sequence), sum(lost_before), max(severity)"
            + " from sample group by 2",
        "insert into rollup_hour (channel, hour_ns, n, min, max, sum, m2, last, last_ns, last_seq,"
            + " lost, severity) select 1, minute_ns - mod(minute_ns, 3600000000000), sum(n),"
            + " min(min), max(max), sum(sum), 'NaN', max(last), max(last_ns), max(last_seq),"
            + " sum(lost), max(severity) from rollup group by 2",
        "insert into rollup select 7000000000000000000, 7000000000000000000, 1, 1, 0, 0, 0, 0, 1,"
            + " 0, 0, 0");
  }

  private static void run(Database database, String... statements) {
    database.runInTransaction(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
              statement.execute(sql);
            }
          }
        });
  }

  @Test
  void shouldReadWhatAnEarlierVersionStoredAndGoOnWithIt() throws Exception {
    // Given
    try (Store store = Servers.start(folder)) {
      makeOld(store.room("archive"));
    }

    try (Store store = Servers.start(folder)) {
      Database database = store.room("archive");
      SampleStore archive = new SampleStore(database, Retention.of(Facilities.of(), 0, List.of()));

      // When a measured sample comes for the time of a back-filled one, and new and repeated ones
      // do
      List<Sample> more =
          List.of(
              Samples.number("old.a", Samples.T0 + 20 * SECOND_NS, 20, 1_000_000),
              Samples.number("old.a", Samples.T0 + ROWS * SECOND_NS, ROWS, 5).withLostBefore(3));
      int stored = archive.store("more", more);
      int again =
          archive.store(
              "more", List.of(Samples.number("old.a", Samples.T0 + 21 * SECOND_NS, 21, 21)));
      Backfill.Done filled =
          archive.backfill(
              new Backfill(
                  List.of(
                      Samples.number("old.a", Samples.T0 + 33 * SECOND_NS, -1, 1),
                      Samples.number("old.a", Samples.T0 + 33 * SECOND_NS + 1, -1, 33)),
                  List.of()));

      // Then
      assertThat(stored).isEqualTo(2);
      assertThat(again).isZero();
      assertThat(filled).isEqualTo(new Backfill.Done(1, 1, 0));
      List<ArchivedSample> all =
          archive
              .page(
                  new PageQuery(
                      new ChannelId("old.a"), Place.before(Long.MIN_VALUE), Long.MAX_VALUE, 10_000))
              .samples();
      assertThat(all).hasSize(ROWS + 2);
      assertThat(all.get(7).sample().lostBefore()).isEqualTo(1);
      assertThat(all.get(7).sample().severity().ordinal()).isEqualTo(3);
      assertThat(all.get(10).marks()).isEqualTo(Set.of(Mark.BACKFILLED));
      assertThat(all.get(20).marks()).isEmpty();
      assertThat(all.getLast().sample()).isEqualTo(more.getLast());
      for (long interval : new long[] {Rollup.MINUTE_NS, Rollup.HOUR_NS}) {
        History history =
            archive.read(
                new HistoryQuery(
                    new ChannelId("old.a"),
                    Samples.T0,
                    Samples.T0 + 2 * Rollup.HOUR_NS,
                    new HistoryQuery.Resolution.Interval(interval)));
        assertThat(history.points().stream().mapToLong(History.Point::count).sum())
            .isEqualTo(ROWS + 2);
        assertThat(history.points().getFirst().max()).isEqualTo(1_000_000);
      }
      assertThat(Servers.count(database, "select backfilled_to_ns from channel where id = 'old.a'"))
          .as("no further than the plant's own time, whatever a device claims")
          .isBetween(Samples.T0, Samples.T0 + 3_660 * SECOND_NS);
      assertThat(
              Servers.count(database, "select count(*) from kafka_offset where topic_id is null"))
          .isEqualTo(1);
    }
  }
}
