package org.orrery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.CommandOutcome.Reason;

/** The guide lists every reason with its rule and its remedy, and the page has words for it. */
class WritingGuideTest {
  private static final Path ROOT = Path.of("..", "..");

  @Test
  void shouldListEveryReasonWithRuleAndRemedy() throws Exception {
    // Given
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/guides/writing.md")).stream()
            .filter(line -> line.startsWith("| `"))
            .toList();

    // Then
    for (Reason reason : Reason.values()) {
      List<String> its =
          rows.stream().filter(row -> row.startsWith("| `" + reason.name() + "` |")).toList();
      assertThat(its).as(reason.name()).hasSize(1);
      assertThat(its.getFirst().split("\\|"))
          .as("reason, words, rule and remedy of " + reason)
          .hasSize(5)
          .noneMatch(" "::equals);
    }
    assertThat(rows).hasSameSizeAs(Reason.values());
  }

  @Test
  void shouldHaveWordsForEveryReasonOnThePage() throws Exception {
    // Given
    String words = Files.readString(ROOT.resolve("ops-ui/web/src/text/words.ts"));

    // Then
    for (Reason reason : Reason.values()) {
      assertThat(words).as("words of " + reason).contains("  " + reason.name() + ": \"");
    }
  }
}
