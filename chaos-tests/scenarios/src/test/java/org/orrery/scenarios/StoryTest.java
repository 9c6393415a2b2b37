package org.orrery.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.Browser;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;
import org.orrery.scenarios.harness.Records;

/** The closed loop, as a shifter and an expert live through it, on the assembled system. */
@ExtendWith(Logs.class)
class StoryTest {
  private static final double FACTOR = 60;

  @Test
  void shouldRestoreTheFlowAfterAPumpStopOnceAnExpertAgreed(@TempDir Path directory)
      throws Exception {
    try (OrreryProcess orrery = OrreryProcess.start(directory.resolve("story"), FACTOR, 7);
        Plant plant = Plant.of(orrery.data());
        Browser browser = Browser.open()) {
      // Given a healthy detector, a twin in step, and an expert at the page
      Api api = new Api(orrery.url());
      Page page = browser.page();
      page.navigate(orrery.url() + "/");
      assertThat(page.getByTestId("banner-simulated")).isVisible();
      assertThat(page.getByTestId("value-purif.flow").first())
          .containsText(Pattern.compile("1\\.[5-8]"), containsWithin(120));
      assertThat(page.getByTestId("twin-agreement")).containsText("agrees", containsWithin(180));
      Loop.awaitCalm(api, Duration.ofSeconds(120));
      signIn(page, orrery);
      browser.screenshot("1-overview-healthy");

      // When the pump stops
      plant.fault("F5 start");

      // Then an alarm and a finding appear, and the diagnosis names the pump and not the condenser
      assertThat(page.getByTestId("alarm-row").first()).isVisible(visibleWithin(60));
      Loop.awaitOverview(
          api,
          "a finding",
          Duration.ofSeconds(120),
          o -> Loop.activeFindings(o).findAny().isPresent());
      JsonObject proposal = Loop.awaitProposal(api, Duration.ofSeconds(180));
      browser.screenshot("2-overview-fault");
      page.getByTestId("proposal-link").first().click();
      assertThat(page.getByTestId("cause-row").first()).containsText("F5");
      assertThat(page.getByTestId("proposal-state")).containsText("Awaiting approval");
      assertThat(Loop.leadingCause(proposal.getJsonObject("diagnosis"))).isEqualTo("F5");
      assertThat(Loop.probability(proposal.getJsonObject("diagnosis"), "F8")).isLessThan(0.1);
      assertThat(proposal.getString("title")).isEqualTo("Start standby pump B");
      assertThat(proposal.getJsonObject("rehearsal").getString("type")).isEqualTo("REHEARSED");
      browser.screenshot("3-proposal");

      // When the expert approves
      page.getByTestId("approve-reason").fill("Flow is gone, standby pump is ready.");
      page.getByTestId("approve-button").click();

      // Then the gate writes, the flow recovers, and the effect is verified inside its interval
      assertThat(page.getByTestId("proposal-state")).containsText("Verified", containsWithin(240));
      browser.screenshot("4-proposal-verified");
      assertThat(plant.number("LAR:PURIF:FLOW")).isGreaterThan(1.4);
      assertThat(plant.read("LAR:PURIF:PUMP_A:ENABLE").display()).isEqualTo("OFF");
      assertThat(plant.read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("ON");
      JsonObject done =
          Loop.awaitState(api, proposal.getString("id"), "VERIFIED", Duration.ofSeconds(10));
      assertThat(Loop.objects(done.getJsonArray("record")))
          .hasSize(done.getJsonObject("plan").getJsonArray("steps").size())
          .allSatisfy(StoryTest::assertConfirmedAndChecked);
      assertThat(meanFlow(api)).satisfies(flow -> assertInsidePrediction(done, flow));

      // Then the record is whole, until one byte of it is changed
      assertThat(api.get("/api/v1/audit/verify").getBoolean("intact")).isTrue();
      Records.changeOneByteOfTheAudit(orrery.data());
      assertThat(api.get("/api/v1/audit/verify").getBoolean("intact")).isFalse();
    }
  }

  private static void signIn(Page page, OrreryProcess orrery) {
    page.getByTestId("sign-in-open").click();
    page.getByTestId("sign-in-name").fill("admin");
    page.getByTestId("sign-in-password").fill(orrery.password());
    page.getByTestId("sign-in-submit").click();
    assertThat(page.getByTestId("user-name")).containsText("admin");
  }

  private static void assertConfirmedAndChecked(JsonObject step) {
    assertThat(Loop.objects(step.getJsonArray("outcomes")))
        .extracting(o -> o.getString("type"))
        .containsExactly("CONFIRMED");
    assertThat(Loop.objects(step.getJsonArray("checks")))
        .allSatisfy(check -> assertThat(check.getBoolean("passed")).isTrue());
  }

  /** Mean of the last two minutes of plant time, kg/s. */
  private static double meanFlow(Api api) throws Exception {
    double now = api.get("/api/v1/overview").getDouble("plantMs");
    JsonObject history =
        api.get(
            "/api/v1/history?channel=purif.flow&from=%.0f&to=%.0f&points=100"
                .formatted(now - 120_000, now));
    return history.getJsonArray("points").stream()
        .map(JsonArray.class::cast)
        .mapToDouble(point -> point.getDouble(1))
        .average()
        .orElseThrow();
  }

  private static void assertInsidePrediction(JsonObject proposal, double flow) {
    JsonArray points =
        Loop.objects(proposal.getJsonObject("rehearsal").getJsonArray("withPlan"))
            .filter(t -> t.getString("channel").equals("purif.flow"))
            .findFirst()
            .orElseThrow()
            .getJsonArray("points");
    JsonArray last = points.getJsonArray(points.size() - 1);
    assertThat(flow).isBetween(last.getDouble(1), last.getDouble(3));
  }

  private static LocatorAssertions.ContainsTextOptions containsWithin(int seconds) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
  }

  private static LocatorAssertions.IsVisibleOptions visibleWithin(int seconds) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(seconds * 1_000.0);
  }
}
