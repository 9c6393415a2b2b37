package org.orrery.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.AuditTampering;
import org.orrery.scenarios.harness.Browser;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/** The closed loop, as a shifter and an expert live through it, on the assembled system. */
class StoryTest {
  private static final double FACTOR = 60;

  @Test
  void shouldRestoreTheFlowAfterAPumpStopOnceAnExpertAgreed(@TempDir Path directory)
      throws Exception {
    try (OrreryProcess orrery = OrreryProcess.start(directory.resolve("data"), FACTOR, 7);
        Plant plant = Plant.of(orrery.data());
        Browser browser = Browser.open()) {
      // Given a healthy detector, a twin in step, and an expert at the page
      Page page = browser.page();
      page.navigate(orrery.url() + "/");
      assertThat(page.getByTestId("banner-simulated")).isVisible();
      assertThat(page.getByTestId("value-purif.flow")).containsText("1.6", containsWithin(120));
      assertThat(page.getByTestId("twin-agreement")).containsText("agrees", containsWithin(120));
      signIn(page, orrery);
      browser.screenshot("1-overview-healthy");

      // When the pump stops
      plant.fault("F5 start");

      // Then an alarm and a finding appear, and the diagnosis names the pump and not the condenser
      assertThat(page.getByTestId("alarm-row").first()).isVisible(visibleWithin(60));
      Locator link = page.getByTestId("proposal-link").first();
      assertThat(link).isVisible(visibleWithin(180));
      browser.screenshot("2-overview-fault");
      link.click();
      assertThat(page.getByTestId("cause-row").first()).containsText("F5");
      assertThat(page.getByTestId("proposal-state")).containsText("approval", containsWithin(60));
      Api api = new Api(orrery.url());
      JsonObject proposal = onlyProposal(api);
      assertThat(codeOfLeadingCause(proposal)).isEqualTo("F5");
      assertThat(probability(proposal, "F8")).isLessThan(0.1);
      assertThat(proposal.getJsonObject("rehearsal").getString("type")).isEqualTo("REHEARSED");
      browser.screenshot("3-proposal");

      // When the expert approves
      page.getByTestId("approve-reason").fill("Flow is gone, standby pump is ready.");
      page.getByTestId("approve-button").click();

      // Then the gate writes, the flow recovers, and the effect is verified inside its interval
      assertThat(page.getByTestId("proposal-state")).containsText("Verified", containsWithin(240));
      browser.screenshot("4-proposal-verified");
      assertThat(plant.number("LAR:PURIF:FLOW")).isGreaterThan(1.4);
      assertThat(plant.read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("ON");
      JsonObject done = api.get("/api/v1/proposals/" + proposal.getString("id"));
      assertThat(done.getJsonArray("record"))
          .isNotEmpty()
          .allSatisfy(step -> assertAllChecksPassed((JsonObject) step));

      // Then the record is whole, until one byte of it is changed
      assertThat(api.get("/api/v1/audit/verify").getBoolean("intact")).isTrue();
      AuditTampering.changeOneByte(orrery.data());
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

  private static JsonObject onlyProposal(Api api) throws Exception {
    JsonArray proposals = api.list("/api/v1/proposals");
    assertThat(proposals).hasSize(1);
    String id = proposals.getJsonObject(0).getString("id");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                api.get("/api/v1/proposals/" + id)
                    .getJsonObject("state")
                    .getString("type")
                    .equals("AWAITING_APPROVAL"));
    return api.get("/api/v1/proposals/" + id);
  }

  private static String codeOfLeadingCause(JsonObject proposal) {
    return proposal
        .getJsonObject("diagnosis")
        .getJsonArray("causes")
        .getJsonObject(0)
        .getJsonObject("hypothesis")
        .getString("code");
  }

  private static double probability(JsonObject proposal, String code) {
    return proposal.getJsonObject("diagnosis").getJsonArray("causes").stream()
        .map(JsonObject.class::cast)
        .filter(c -> code.equals(c.getJsonObject("hypothesis").getString("code")))
        .mapToDouble(c -> c.getDouble("probability"))
        .sum();
  }

  private static void assertAllChecksPassed(JsonObject step) {
    assertThat(step.getJsonArray("checks"))
        .allSatisfy(check -> assertThat(((JsonObject) check).getBoolean("passed")).isTrue());
  }

  private static LocatorAssertions.ContainsTextOptions containsWithin(int seconds) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
  }

  private static LocatorAssertions.IsVisibleOptions visibleWithin(int seconds) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(seconds * 1_000.0);
  }
}
