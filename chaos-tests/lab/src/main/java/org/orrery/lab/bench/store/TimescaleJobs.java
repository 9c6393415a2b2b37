package org.orrery.lab.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.orrery.store.StoreConfig;

/**
 * What TimescaleDB's scheduler calls outside of any transaction, and the archive's own connections
 * therefore cannot. Stateless between calls.
 *
 * @param site where the database is
 */
record TimescaleJobs(StoreConfig.Site site) {
  private static final long STEP_NS = 7 * GeneratedYear.DAY_NS;

  /** Brings the hourly roll-ups up to date, a week at a time. */
  void foldHours() {
    try (Connection connection =
            DriverManager.getConnection(
                site.jdbcUrl(), site.user(), Files.readString(site.passwordFile()).strip());
        CallableStatement refresh =
            connection.prepareCall(
                "call refresh_continuous_aggregate('archive.rollup_hour', ?::bigint, ?::bigint)")) {
      connection.setSchema("archive");
      long endNs = GeneratedYear.START_NS + GeneratedYear.YEAR_NS;
      for (long ns = GeneratedYear.START_NS; ns < endNs; ns += STEP_NS) {
        refresh.setLong(1, ns);
        refresh.setLong(2, ns + STEP_NS);
        refresh.execute();
      }
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the hourly roll-ups cannot be brought up to date", e);
    }
  }
}
