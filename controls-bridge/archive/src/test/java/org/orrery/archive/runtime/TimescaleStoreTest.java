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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.Samples;
import org.orrery.archive.core.Retention;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;

/**
 * The archive on TimescaleDB, where a server that preloads it is given: {@code
 * ORRERY_TIMESCALE_URL} is the JDBC URL of a server, without a database, such as {@code
 * jdbc:postgresql://127.0.0.1:5432/}; {@code ORRERY_TIMESCALE_USER} and {@code
 * ORRERY_TIMESCALE_PASSWORD} are those of a role that may create databases.
 */
@EnabledIfEnvironmentVariable(
    named = "ORRERY_TIMESCALE_URL",
    matches = "jdbc:postgresql://.*/",
    disabledReason = "ORRERY_TIMESCALE_URL does not name a server with TimescaleDB")
class TimescaleStoreTest extends StoreContract {
  private static final String NAME = "orrery_tck_" + Long.toString(System.nanoTime(), 36);

  @TempDir private static Path folder;

  private static Store store;

  private static String given(String variable, String otherwise) {
    return Objects.requireNonNullElse(System.getenv(variable), otherwise);
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                given("ORRERY_TIMESCALE_URL", "") + "postgres",
                given("ORRERY_TIMESCALE_USER", "postgres"),
                given("ORRERY_TIMESCALE_PASSWORD", ""));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeAll
  static void start() throws SQLException, IOException {
    run("create database " + NAME);
    Path password =
        Files.writeString(folder.resolve("password"), given("ORRERY_TIMESCALE_PASSWORD", "none"));
    store =
        Store.start(
            new StoreConfig.Site(
                given("ORRERY_TIMESCALE_URL", "") + NAME,
                given("ORRERY_TIMESCALE_USER", "postgres"),
                password,
                4));
    assertThat(store.ready()).succeedsWithin(Duration.ofSeconds(60));
  }

  @AfterAll
  static void stop() throws SQLException {
    store.close();
    run("drop database " + NAME + " with (force)");
  }

  @Override
  Database database() {
    return store.room("archive");
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

  /** What the server does by itself every minute or so, now. */
  private static void runJobs() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                given("ORRERY_TIMESCALE_URL", "") + NAME,
                given("ORRERY_TIMESCALE_USER", "postgres"),
                given("ORRERY_TIMESCALE_PASSWORD", ""));
        Statement statement = connection.createStatement()) {
      List<Integer> jobs = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "select job_id from timescaledb_information.jobs"
                  + " where hypertable_schema = 'archive' order by job_id")) {
        while (row.next()) {
          jobs.add(row.getInt(1));
        }
      }
      assertThat(jobs).hasSize(3);
      for (int job : jobs) {
        statement.execute("call archive.run_job(" + job + ")");
      }
    }
  }
}
