package org.orrery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private final Store store = Servers.shared();

  private String show(String sql) {
    return store
        .room("store")
        .inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getString(1);
              }
            });
  }

  @Test
  void shouldRunDurablyAndAskForAPassword() {
    assertThat(show("show fsync")).isEqualTo("on");
    assertThat(show("show synchronous_commit")).isEqualTo("on");
    assertThat(show("show full_page_writes")).isEqualTo("on");
    assertThat(show("show data_checksums")).isEqualTo("on");
    assertThat(show("show listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(show("select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
        .isEqualTo("scram-sha-256");
    assertThat(show("select rolpassword from pg_authid where rolname = 'orrery'"))
        .startsWith("SCRAM-SHA-256$");
    String url =
        show("select 'jdbc:postgresql://127.0.0.1:' || current_setting('port') || '/postgres'");
    assertThatThrownBy(() -> DriverManager.getConnection(url, "orrery", "guess"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void shouldRunWithoutPrivilegesAndWithoutSecretsInSight() throws IOException {
    // When
    long pid = store.process().orElseThrow().handle().orElseThrow().pid();
    Path data = Path.of(show("show data_directory"));

    // Then
    assertThat(Files.readString(Path.of("/proc/" + pid + "/status")))
        .containsPattern("CapEff:\\s+0000000000000000");
    Path secret = data.resolveSibling("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    String password = Files.readString(secret).strip();
    assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"))).doesNotContain(password);
    assertThat(Files.readString(Path.of("/proc/" + pid + "/environ"))).doesNotContain(password);
  }

  @Test
  void shouldKeepEachRoomInItsOwnSchemaWithItsOwnHistory() {
    // When
    store.room("probe").migrate();

    // Then
    assertThat(show("select count(*) from probe.schema_history where version = '1'"))
        .isEqualTo("1");
    assertThat(show("select count(*) from store.schema_history where version = '1'"))
        .isEqualTo("1");
    assertThat(show("select to_regclass('store.reading')")).isNull();
  }

  @Test
  void shouldLeaveNothingBehindWhenTheBodyFails() {
    // Given
    Database database = store.room("probe");

    // When
    assertThatThrownBy(
            () ->
                database.runInTransaction(
                    connection -> {
                      insert(connection, 100);
                      throw new IllegalStateException("on purpose");
                    }))
        .isInstanceOf(IllegalStateException.class);

    // Then
    assertThat(show("select count(*) from probe.reading where id = 100")).isEqualTo("0");
  }

  @Test
  void shouldTellAFaultFromAnOutage() {
    // Given
    Database database = store.room("probe");
    database.runInTransaction(connection -> insert(connection, 200));

    // When / Then
    assertThatThrownBy(() -> database.runInTransaction(connection -> insert(connection, 200)))
        .isInstanceOfSatisfying(
            DatabaseFaultException.class, e -> assertThat(e.sqlState()).isEqualTo("23505"));
    assertThatThrownBy(() -> store.room("broken").migrate())
        .isInstanceOf(DatabaseFaultException.class)
        .hasMessageContaining("migrating the schema broken failed");
    assertThatThrownBy(() -> store.room("nobody_wrote_this").migrate())
        .isInstanceOf(DatabaseFaultException.class);
    assertThatThrownBy(() -> store.room("No; drop table"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldReportASiteThatIsAwayWithoutWaitingForIt(@TempDir Path directory) throws IOException {
    // Given
    Path password = Files.writeString(directory.resolve("password"), "x\n");
    try (Store away =
        Store.start(
            new StoreConfig.Site("jdbc:postgresql://127.0.0.1:1/none", "nobody", password, 2))) {

      // When / Then
      assertThat(away.isUp()).isFalse();
      assertThatThrownBy(() -> away.room("probe").migrate())
          .isInstanceOfSatisfying(
              DatabaseUnavailableException.class, e -> assertThat(e.outcomeUnknown()).isFalse());
    }
  }

  @Test
  void shouldServeASiteUrlLikeTheEmbeddedServer(@TempDir Path directory) throws IOException {
    // Given
    Path data = Path.of(show("show data_directory"));
    String url = "jdbc:postgresql://127.0.0.1:" + show("show port") + "/postgres";
    Path password = Files.copy(data.resolveSibling("secret"), directory.resolve("password"));

    // When
    try (Store site = Store.start(new StoreConfig.Site(url, "orrery", password, 2))) {
      site.room("probe").runInTransaction(connection -> insert(connection, 300));
    }

    // Then
    assertThat(show("select count(*) from probe.reading where id = 300")).isEqualTo("1");
  }

  @Test
  void shouldExportEveryTable(@TempDir Path directory) throws IOException {
    // Given
    store.room("probe").runInTransaction(connection -> insert(connection, 400));

    // When
    Map<String, Long> rows = SchemaExport.writeCsv(store, directory);

    // Then
    assertThat(rows).containsKeys("probe.reading", "store.outbox", "store.schema_history");
    assertThat(Files.readAllLines(directory.resolve("probe.reading.csv")))
        .contains("id,text", "400,row 400")
        .hasSize(Math.toIntExact(rows.get("probe.reading")) + 1);
  }

  private static void insert(java.sql.Connection connection, long id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("insert into reading values (" + id + ", 'row " + id + "')");
    }
  }
}
