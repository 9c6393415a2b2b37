package org.orrery.scenarios.harness;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real headless Chromium: the installed one, or the one that the build brought. */
public final class Browser implements AutoCloseable {
  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final Page page;

  private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
    // Without one, a machine without a locale makes up a language that no page understands.
    this.page =
        browser.newPage(new com.microsoft.playwright.Browser.NewPageOptions().setLocale("en-GB"));
    page.setViewportSize(1920, 1080);
    page.setDefaultTimeout(30_000);
  }

  /** Starts the browser. */
  public static Browser open() {
    Chromium chromium = Chromium.find();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    com.microsoft.playwright.Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setHeadless(true)
                    .setExecutablePath(chromium.executable())
                    .setEnv(chromium.environment())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    return new Browser(playwright, browser);
  }

  /** The one page. */
  public Page page() {
    return page;
  }

  /** Keeps a picture under target/screenshots. */
  public void screenshot(String name) throws Exception {
    Path file = Path.of("target/screenshots", name + ".png");
    Files.createDirectories(file.getParent());
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
