package org.orrery.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Browser;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/** A training drill from its briefing to its debrief, as a trainee lives through it. */
@ExtendWith(Logs.class)
class DrillTest {
  /** With this one the pump stops soon after the start. */
  private static final long EARLY_SEED = 21;

  @Test
  void shouldTellTheTraineeWhatHappenedAfterTheDrill(@TempDir Path directory) throws Exception {
    try (OrreryProcess orrery =
            OrreryProcess.drill(directory.resolve("drill"), "quiet-pump", EARLY_SEED);
        Plant plant = Plant.of(orrery.data());
        Browser browser = Browser.open()) {
      // Given a trainee who has read the briefing
      Page page = browser.page();
      page.setViewportSize(1440, 900);
      page.navigate(orrery.url());
      assertThat(page.getByTestId("banner-drill")).containsText("DRILL");
      assertThat(page.getByTestId("banner-simulated")).containsText("SIMULATED");
      page.getByTestId("drill-start").click();
      page.getByTestId("sign-in-name").fill("admin");
      page.getByTestId("sign-in-password").fill(orrery.password());
      page.getByTestId("sign-in-submit").click();
      assertThat(page.getByTestId("drill-readiness")).containsText("Ready", within(240));
      browser.screenshot("drill-1-briefing");

      // When the drill runs and the pump stops
      page.getByTestId("drill-start").click();
      assertThat(page.getByTestId("drill-elapsed")).isVisible();
      assertThat(page.locator("nav .count").first()).not().hasText("0", hasWithin(180));
      page.getByTestId("drill-notice").fill("The circulation flow is gone");
      page.getByTestId("drill-notice-send").click();
      assertThat(page.getByTestId("drill-course")).containsText("The circulation flow is gone");
      diagnose(page, "meter");
      diagnose(page, "pump");
      page.getByTestId("drill-act-start-b").click();
      assertThat(page.getByTestId("drill-course")).containsText("Switch pump A off");
      browser.screenshot("drill-2-running");

      // Then somebody switches the pumps at the rack after a walk, past Orrery and its gate
      assertThat(page.getByTestId("drill-course")).containsText("carried out", within(180));
      assertThat(plant.read("LAR:PURIF:PUMP_A:ENABLE").display()).isEqualTo("OFF");
      assertThat(plant.read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("ON");
      page.navigate(orrery.url().replace("/drill", "/record"));
      assertThat(page.getByTestId("banner-drill")).isVisible();
      page.navigate(orrery.url());

      // When the trainee ends it
      page.getByTestId("drill-end").click();
      page.getByTestId("drill-end-confirm").click();

      // Then the debrief tells what happened and how the trainee did, on the page and in files
      assertThat(page.getByTestId("drill-debrief")).isVisible();
      assertThat(page.getByTestId("drill-cause")).containsText("Recirculation pump A stopped");
      assertThat(page.getByTestId("drill-measure-notice"))
          .containsText(Pattern.compile("\\d+ (s|min)"));
      assertThat(page.getByTestId("drill-answer")).containsText("✓");
      assertThat(page.getByTestId("drill-debrief")).containsText("its contactor opened");
      assertThat(page.getByTestId("drill-plot-purif.flow").locator("canvas")).isVisible();
      browser.screenshot("drill-3-debrief");
      Awaitility.await("the debrief is written")
          .atMost(java.time.Duration.ofSeconds(60))
          .until(() -> Files.exists(orrery.data().resolve("debrief.md")));
      assertThat(orrery.data().resolve("debrief.json")).isRegularFile();
      assertThat(Files.readString(orrery.data().resolve("debrief.md")))
          .contains("# Debrief: The quiet pump", "The circulation flow is gone");
    }
  }

  private static void diagnose(Page page, String choice) {
    page.getByTestId("drill-choice-" + choice).check();
    page.getByTestId("drill-diagnosis-send").click();
    String title = page.locator("label.drill-choice.chosen").textContent();
    assertThat(page.getByTestId("drill-diagnosis-given")).containsText(title);
  }

  private static LocatorAssertions.ContainsTextOptions within(int seconds) {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
  }

  private static LocatorAssertions.HasTextOptions hasWithin(int seconds) {
    return new LocatorAssertions.HasTextOptions().setTimeout(seconds * 1_000.0);
  }
}
