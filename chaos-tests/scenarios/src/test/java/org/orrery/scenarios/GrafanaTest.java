package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.Grafana;
import org.orrery.scenarios.harness.Grafana.Query;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;
import org.orrery.scenarios.harness.PromNames;
import org.orrery.scenarios.harness.Records;

/** Every panel of every dashboard gets an answer from a running Orrery that has seen trouble. */
@ExtendWith(Logs.class)
class GrafanaTest {
  private static final double FACTOR = 60;
  private static final String PASSWORD = "only-for-this-test";
  private static final Duration PATIENCE = Duration.ofSeconds(240);

  @Test
  void shouldFillEveryPanel(@TempDir Path directory) throws Exception {
    Grafana grafana = Grafana.read();
    try (OrreryProcess orrery = OrreryProcess.start(directory.resolve("grafana"), FACTOR, 7);
        Plant plant = Plant.of(orrery.data())) {
      // Given a detector whose pump stopped, and whose server went away for a moment
      Api api = new Api(orrery.url());
      Loop.awaitCalm(api, PATIENCE);
      plant.fault("F5 start");
      Loop.awaitOverview(
          api,
          "a diagnosis of a finding",
          PATIENCE,
          o -> o.getValue("diagnosis") != null && Loop.activeFindings(o).findAny().isPresent());
      orrery.killChild("soft-ioc");
      try (Connection owner = Records.open(orrery.data());
          Statement statement = owner.createStatement()) {
        statement.execute(Grafana.roleSql(PASSWORD));
      }

      // When
      try (Connection reader = Records.open(orrery.data(), "grafana", PASSWORD)) {
        Awaitility.await("every panel on the database has data")
            .atMost(PATIENCE)
            .pollInterval(Duration.ofSeconds(2))
            .untilAsserted(() -> assertThat(withoutData(grafana, reader)).isEmpty());

        // Then the role sees that and nothing else
        assertMayOnlyReadDashboards(reader);
      }

      // Then
      Awaitility.await("the figures are there")
          .atMost(PATIENCE)
          .until(() -> api.text("/metrics").contains("orrery_bridge_ioc_updates_total"));
      String scrape = api.text("/metrics");
      assertSoftly(
          each -> {
            for (Query query : grafana.promql()) {
              each.assertThat(PromNames.missing(query.text(), scrape))
                  .as(query + ": " + query.text())
                  .isEmpty();
            }
          });
      assertThat(grafana.promql()).hasSizeGreaterThan(15);
      assertThat(grafana.sql()).hasSizeGreaterThan(25);
    }
  }

  @Test
  void shouldBeWhatGrafanaLoads() throws Exception {
    // Given
    Grafana grafana = Grafana.read();

    // Then
    assertThat(grafana.dashboards())
        .extracting(d -> d.getString("uid"))
        .containsExactlyInAnyOrder(
            "orrery-overview", "orrery-alarms", "orrery-twin", "orrery-dqm", "orrery-bridge");
    for (JsonObject dashboard : grafana.dashboards()) {
      assertThat(dashboard.getInteger("schemaVersion")).isEqualTo(39);
      List<JsonObject> panels = Grafana.objects(dashboard.getJsonArray("panels"));
      assertThat(panels).extracting(p -> p.getInteger("id")).doesNotHaveDuplicates();
      assertThat(panels)
          .allSatisfy(
              panel -> {
                JsonObject place = panel.getJsonObject("gridPos");
                assertThat(place.getInteger("x") + place.getInteger("w")).isLessThanOrEqualTo(24);
                assertThat(panel.getJsonArray("targets")).isNotEmpty();
              });
    }
  }

  @Test
  void shouldNoticeAFigureThatNobodyServes() {
    // Given
    String scrape = "orrery_room{room=\"dqm\",status=\"UP\"} 1.0\norrery_pages 2.0\n";

    // When / Then
    assertThat(PromNames.missing("sum by (room) (orrery_room{status=\"UP\"})", scrape)).isEmpty();
    assertThat(PromNames.missing("rate(orrery_page[5m]) / orrery_pages", scrape))
        .containsExactly("orrery_page");
    assertThat(PromNames.missing("orrery_room{status=\"AWAY\"}", scrape)).hasSize(1);
  }

  private static List<String> withoutData(Grafana grafana, Connection reader) throws SQLException {
    long newestNs;
    try (Statement statement = reader.createStatement();
        ResultSet row =
            statement.executeQuery("select max(minute_ns) from archive.dashboard_minute")) {
      row.next();
      newestNs = row.getLong(1);
    }
    List<String> empty = new ArrayList<>();
    for (Query query : grafana.sql()) {
      String sql =
          Grafana.expand(
              query, reader, newestNs - 86_400_000_000_000L, newestNs + 3_600_000_000_000L);
      try (Statement statement = reader.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        if (!rows.next()) {
          empty.add(query.panel());
        }
      } catch (SQLException e) {
        throw new AssertionError(query + " fails: " + e.getMessage() + "\n" + sql, e);
      }
    }
    return empty;
  }

  private static void assertMayOnlyReadDashboards(Connection reader) throws SQLException {
    for (String forbidden :
        List.of(
            "select count(*) from server.account",
            "select count(*) from supervision.audit",
            "select count(*) from archive.sample",
            "delete from archive.finding",
            "create table public.mine (x int)")) {
      assertThatThrownBy(
              () -> {
                try (Statement statement = reader.createStatement()) {
                  statement.execute(forbidden);
                }
              })
          .as(forbidden)
          .isInstanceOf(SQLException.class);
    }
  }
}
