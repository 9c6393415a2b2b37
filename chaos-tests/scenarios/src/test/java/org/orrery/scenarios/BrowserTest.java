package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.scenarios.harness.Browser;

/** The browser itself, so that a machine on which none starts says so at once. */
class BrowserTest {
  @Test
  void shouldShowAPage() {
    // Given
    try (Browser browser = Browser.open()) {

      // When
      browser.page().setContent("<p data-testid='greeting'>good night shift</p>");

      // Then
      assertThat(browser.page().getByTestId("greeting").textContent()).contains("good night");
    }
  }
}
