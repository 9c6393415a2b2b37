package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
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
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/**
 * The archive on TimescaleDB in a schema of ours, where a server that preloads it is given: {@code
 * ORRERY_TIMESCALE_URL} is the JDBC URL of a server, without a database, such as {@code
 * jdbc:postgresql://127.0.0.1:5432/}; {@code ORRERY_TIMESCALE_USER} and {@code
 * ORRERY_TIMESCALE_PASSWORD} are those of a role that may create databases.
 */
@EnabledIfEnvironmentVariable(
    named = "ORRERY_TIMESCALE_URL",
    matches = "jdbc:postgresql://.*/",
    disabledReason = "ORRERY_TIMESCALE_URL does not name a server with TimescaleDB")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TimescaleStoreTest extends StoreContract {
  private final String name = "orrery_tck_" + Long.toString(System.nanoTime(), 36);

  @TempDir private static Path folder;

  private @Nullable Store store;

  private static String given(String variable, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(variable), otherwise);
  }

  static void run(String database, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                given("ORRERY_TIMESCALE_URL", "") + database,
                given("ORRERY_TIMESCALE_USER", "postgres"),
                given("ORRERY_TIMESCALE_PASSWORD", ""));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Leaves the extension in our schema, where no site has made it before. */
  void prepare(String database) throws SQLException {
    run(database, "drop extension if exists timescaledb");
  }

  @BeforeAll
  void start() throws SQLException, IOException {
    run("postgres", "create database " + name);
    prepare(name);
    Path password =
        Files.writeString(folder.resolve("password"), given("ORRERY_TIMESCALE_PASSWORD", "none"));
    Store started =
        Store.start(
            new StoreConfig.Site(
                given("ORRERY_TIMESCALE_URL", "") + name,
                given("ORRERY_TIMESCALE_USER", "postgres"),
                password,
                4));
    store = started;
    assertThat(started.ready()).succeedsWithin(Duration.ofSeconds(60));
    started.room("archive").migrate();
    run(
        name,
        "set search_path = archive, public; select alter_job(job_id, scheduled => false)"
            + " from timescaledb_information.jobs where hypertable_schema = 'archive'");
  }

  @AfterAll
  void stop() throws SQLException {
    if (store != null) {
      store.close();
    }
    run("postgres", "drop database " + name + " with (force)");
  }

  @Override
  Database database() {
    return Objects.requireNonNull(store).room("archive");
  }

  @Test
  void shouldTakeLateSamplesIntoCompressedChunksAndMaterialisedHours() throws SQLException {
    // Given three hours that are compressed, and of which the hours are materialised
    SampleStore archive = new SampleStore(database(), Retention.of(Facilities.of(), 0, List.of()));
    long start = Samples.T0 - 500L * 24 * HOUR_NS;
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3 * 3_600; i++) {
      samples.add(Samples.number("chunk.a", start + i * SECOND_NS, i, i));
    }
    archive.store("chunk", samples);
    archive.forget(start + 30L * 24 * HOUR_NS);
    runJobs();
    assertThat(
            Servers.count(
                database(),
                "select count(*) from timescaledb_information.chunks where is_compressed"
                    + " and hypertable_name = 'sample' and range_start_integer <= "
                    + start
                    + " and range_end_integer > "
                    + start))
        .isEqualTo(1);
    assertThat(hour(archive, start).points()).extracting(History.Point::count).containsOnly(3_600L);

    // When one of them comes again, and another late
    archive.store(
        "chunk",
        List.of(samples.get(5), Samples.number("chunk.a", start + SECOND_NS / 2, 99_999, 1)));
    runJobs();

    // Then
    assertThat(hour(archive, start).points())
        .extracting(History.Point::count)
        .containsExactly(3_601L, 3_600L, 3_600L);
    assertThat(archive.engine()).isEqualTo("TimescaleDB");
  }

  private static History hour(SampleStore archive, long start) {
    return archive.read(
        new HistoryQuery(
            new ChannelId("chunk.a"),
            start,
            start + 3 * HOUR_NS,
            new HistoryQuery.Resolution.Interval(HOUR_NS)));
  }

  @Test
  void shouldChangeAndForgetMoreCompressedRowsThanTheEngineAllowsByItself() throws SQLException {
    // Given a compressed day of more than 100,000 rows at the same times, one of them back-filled
    PlantDay day = PlantDay.of(Samples.T0 - 400L * 24 * HOUR_NS);
    String[] channels = IntStream.range(0, 120).mapToObj(i -> "many." + i).toArray(String[]::new);
    SampleStore archive =
        new SampleStore(database(), Retention.of(Facilities.of(channels), 0, List.of()));
    long backfilled = day.fromNs() + 500 * SECOND_NS + 7;
    archive.backfill(
        new Backfill(List.of(Samples.number(channels[3], backfilled, -1, 9)), List.of()));
    for (String channel : channels) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        samples.add(Samples.number(channel, day.fromNs() + i * SECOND_NS, i, i));
      }
      archive.store("many", samples);
    }
    archive.forget(day.fromNs() + 30L * 24 * HOUR_NS);
    runJobs();

    // When the measured one comes after all, and late and repeated ones of all channels do, and
    // then
    // all move to a shorter group
    archive.store("many", List.of(Samples.number(channels[3], backfilled, 4_711, 1)));
    List<Sample> late = new ArrayList<>();
    for (String channel : channels) {
      late.add(Samples.number(channel, day.fromNs() + 700 * SECOND_NS + 1, 700, 7));
    }
    int stored = archive.store("many", late);
    for (String channel : channels) {
      late.add(Samples.number(channel, day.fromNs() + 800 * SECOND_NS, 800, 800));
    }
    int again = archive.store("many", late);
    Retention keep =
        Retention.of(
            Facilities.of(channels),
            0,
            List.of(
                new ArchiveConfig.Group(
                    "many", List.of(), List.of(new ChannelPattern("many.*")), 1)));
    List<ArchivedSample> third = all(archive, channels[3]);
    new SampleStore(database(), keep).forget(day.fromNs() + 30L * 24 * HOUR_NS);

    // Then
    assertThat(stored).isEqualTo(120);
    assertThat(again).isZero();
    assertThat(third)
        .hasSize(1_002)
        .anySatisfy(a -> assertThat(a.sample().sequence()).isEqualTo(4_711))
        .noneSatisfy(a -> assertThat(a.sample().sequence()).isEqualTo(-1));
    for (String channel : channels) {
      assertThat(all(archive, channel)).as(channel).isEmpty();
    }
  }

  /** What the server does by itself every minute or so, now; it does not in these tests. */
  private void runJobs() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                given("ORRERY_TIMESCALE_URL", "") + name,
                given("ORRERY_TIMESCALE_USER", "postgres"),
                given("ORRERY_TIMESCALE_PASSWORD", ""));
        Statement statement = connection.createStatement()) {
      List<String> jobs = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "select format('call %I.run_job(%s)', extnamespace::regnamespace, job_id)"
                  + " from timescaledb_information.jobs, pg_extension"
                  + " where hypertable_schema = 'archive' and extname = 'timescaledb'"
                  + " order by job_id")) {
        while (row.next()) {
          jobs.add(row.getString(1));
        }
      }
      assertThat(jobs).hasSize(3);
      for (String job : jobs) {
        statement.execute(job);
      }
    }
  }
}
