package org.orrery.scenarios;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.Browser;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;

/** One command starts it, Ctrl-C ends it, and a second start goes on where the first ended. */
@ExtendWith(Logs.class)
class StartStopTest {
  private static final double FACTOR = 20;
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(2);
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);
  private static final String FLOW = "purif.flow";

  @Test
  void shouldShowLiveValuesEndOnInterruptAndContinue(@TempDir Path directory) throws Exception {
    // Given
    OrreryProcess first = OrreryProcess.start(directory.resolve("start-stop"), FACTOR, 7);
    double stoppedMs;
    int run;
    try (Browser browser = Browser.open()) {
      assertThat(first.password()).isNotEmpty();

      // When
      browser.page().navigate(first.url() + "/");

      // Then
      assertThat(browser.page().getByTestId("value-" + FLOW).first())
          .containsText(
              Pattern.compile("1\\.[5-8]"),
              new LocatorAssertions.ContainsTextOptions().setTimeout(SHOWN_WITHIN.toMillis()));
      assertThat(browser.page().getByTestId("plot-" + FLOW).first()).isVisible();
      Api api = new Api(first.url());
      Loop.awaitOverview(api, "the twin's band", SHOWN_WITHIN, StartStopTest::hasBand);
      Awaitility.await("history is served")
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> history(api, 0, 4e12).size() > 10);
      browser.screenshot("5-overview-after-start");
      JsonObject overview = api.get("/api/v1/overview");
      stoppedMs = overview.getDouble("plantMs");
      run = runNumber(overview);

      // When
      List<ProcessHandle> processes = first.processes();
      assertThat(processes).hasSizeGreaterThan(3);
      Duration took = first.interrupt();

      // Then
      assertThat(took).isLessThan(ENDED_WITHIN);
      assertThat(first.exitCode()).isIn(0, 130);
      Awaitility.await("no process is left")
          .atMost(Duration.ofSeconds(2))
          .until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
      assertThat(first.lines()).noneMatch(line -> line.startsWith("\tat "));
      assertThat(browser.page().getByTestId("banner-stale")).isVisible();
    } finally {
      first.close();
    }

    // When
    try (OrreryProcess second = first.restart(FACTOR, 7)) {
      Api api = new Api(second.url());

      // Then
      Loop.awaitOverview(api, "the twin's band", SHOWN_WITHIN, StartStopTest::hasBand);
      Awaitility.await("the history from before is served")
          .atMost(SHOWN_WITHIN)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> history(api, 0, stoppedMs).size() > 10);
      JsonObject overview = api.get("/api/v1/overview");
      assertThat(overview.getDouble("plantMs")).isGreaterThan(stoppedMs);
      assertThat(runNumber(overview)).isEqualTo(run);
      api.signIn("admin", first.password());
    }
  }

  private static boolean hasBand(JsonObject overview) {
    JsonObject twin = overview.getJsonObject("twin");
    JsonObject reading = overview.getJsonObject("channels").getJsonObject(FLOW);
    return twin != null
        && twin.getJsonObject("channels").containsKey(FLOW)
        && reading != null
        && reading.getString("q").equals("GOOD");
  }

  private static int runNumber(JsonObject overview) {
    return overview.getJsonObject("operations").getJsonObject("run").getInteger("number");
  }

  private static JsonArray history(Api api, double fromMs, double toMs) throws Exception {
    return api.get(
            "/api/v1/history?channel=%s&from=%.0f&to=%.0f&points=500".formatted(FLOW, fromMs, toMs))
        .getJsonArray("points");
  }
}
