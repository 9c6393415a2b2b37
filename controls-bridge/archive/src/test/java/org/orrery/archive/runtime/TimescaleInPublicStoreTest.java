package org.orrery.archive.runtime;

import java.sql.SQLException;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The archive on TimescaleDB whose extension lies where its images and most sites have it. */
@EnabledIfEnvironmentVariable(
    named = "ORRERY_TIMESCALE_URL",
    matches = "jdbc:postgresql://.*/",
    disabledReason = "ORRERY_TIMESCALE_URL does not name a server with TimescaleDB")
class TimescaleInPublicStoreTest extends TimescaleStoreTest {
  @Override
  void prepare(String database) throws SQLException {
    run(database, "create extension if not exists timescaledb schema public");
  }
}
