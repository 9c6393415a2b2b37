package org.orrery.scenarios;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.orrery.scenarios.harness.Browser;
import org.orrery.scenarios.harness.OrreryProcess;

/**
 * Plays one drill in a browser, by hand, and leaves pictures and the debrief.
 *
 * <p>Arguments: drill, seed, id of the diagnosis to give, id of the action to take, folder for the
 * data, which must not exist.
 */
final class DrillDemo {
  private static final double PATIENCE_MS = 300_000;

  private DrillDemo() {}

  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    Path data = Path.of(arguments[4]);
    try (OrreryProcess orrery = OrreryProcess.drill(data, name, Long.parseLong(arguments[1]));
        Browser browser = Browser.open()) {
      Page page = browser.page();
      page.setViewportSize(1440, 900);
      page.navigate(orrery.url());
      page.getByTestId("drill-start").click();
      page.getByTestId("sign-in-name").fill("admin");
      page.getByTestId("sign-in-password").fill(orrery.password());
      page.getByTestId("sign-in-submit").click();
      seen(page.getByTestId("drill-readiness"), "Ready");
      browser.screenshot(name + "-1-briefing");
      page.getByTestId("drill-start").click();
      seen(page.getByTestId("drill-elapsed"), "");
      PlaywrightAssertions.assertThat(page.locator("nav .count").first())
          .not()
          .hasText("0", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MS));
      page.getByTestId("drill-notice").fill("An alarm came, and a number is not as it was");
      page.getByTestId("drill-notice-send").click();
      page.getByTestId("drill-choice-" + arguments[2]).check();
      page.getByTestId("drill-diagnosis-send").click();
      page.getByTestId("drill-act-" + arguments[3]).click();
      seen(page.getByTestId("drill-course"), "carried out");
      browser.screenshot(name + "-2-running");
      page.waitForTimeout(20_000);
      if (page.getByTestId("drill-end").isVisible()) {
        page.getByTestId("drill-end").click();
        page.getByTestId("drill-end-confirm").click();
      }
      page.getByTestId("drill-debrief")
          .waitFor(
              new Locator.WaitForOptions()
                  .setState(WaitForSelectorState.VISIBLE)
                  .setTimeout(PATIENCE_MS));
      page.waitForTimeout(2_000);
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(Path.of("target/screenshots", name + "-3-debrief.png")));
      Files.copy(
          data.resolve("debrief.md"),
          Path.of("target/screenshots", name + "-debrief.md"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void seen(Locator what, String text) {
    PlaywrightAssertions.assertThat(what)
        .containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
  }
}
