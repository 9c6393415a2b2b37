package org.orrery.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DrillFileTest {
  private static final Path GOOD =
      Path.of("src/main/resources/org/orrery/lab/drill/quiet-pump.yaml");

  @Test
  void shouldListEveryProblemAtOnceWithItsLine() throws Exception {
    // Given
    String yaml =
        Files.readString(GOOD)
            .replace("factor: 10 ", "factor: 600 ")
            .replace("length: 100 min", "length: long")
            .replace("right: true", "right: perhaps")
            .replace("level: first steps", "level: first steps\ncolour: red")
            .replace("below: 1.2}", "below: 1.2, above: 3}")
            .replace("by: [notice, ", "by: [dance, ");

    // When
    DrillFileException e =
        catchThrowableOfType(DrillFileException.class, () -> DrillFile.parse("bad.yaml", yaml));

    // Then
    assertThat(e.problems())
        .allMatch(problem -> problem.startsWith("bad.yaml:"))
        .anyMatch(problem -> problem.contains("'factor' must lie from 1 to 60"))
        .anyMatch(problem -> problem.contains("'length' must be a duration"))
        .anyMatch(problem -> problem.contains("'right' must be true or false"))
        .anyMatch(problem -> problem.contains("exactly one of the diagnoses"))
        .anyMatch(problem -> problem.contains("unknown key 'colour'"))
        .anyMatch(problem -> problem.contains("exactly one of below, above and shows"))
        .anyMatch(problem -> problem.contains("'dance' is none of"));
  }

  @Test
  void shouldSayWhatIsMissingFromAnEmptyDrill() {
    // When
    DrillFileException e =
        catchThrowableOfType(
            DrillFileException.class, () -> DrillFile.parse("bad.yaml", "name: bad"));

    // Then
    assertThat(e.problems())
        .anyMatch(problem -> problem.contains("'title' is missing"))
        .anyMatch(problem -> problem.contains("'truth' is missing"))
        .anyMatch(problem -> problem.contains("'loss' is missing"));
  }

  @Test
  void shouldRefuseCharactersThatAreNoYaml() {
    assertThatThrownBy(() -> DrillFile.parse("bad.yaml", "name: a\u0001b"))
        .isInstanceOf(DrillFileException.class)
        .hasMessageContaining("bad.yaml:1: not valid YAML");
  }

  @Test
  void shouldRefuseAKeyThatIsGivenTwiceAndWhatIsNoYaml() {
    assertThatThrownBy(() -> DrillFile.parse("bad.yaml", "name: a\nname: b"))
        .isInstanceOf(DrillFileException.class)
        .hasMessageContaining("'name' is given twice");
    assertThatThrownBy(() -> DrillFile.parse("bad.yaml", "name: [a"))
        .isInstanceOf(DrillFileException.class)
        .hasMessageContaining("not valid YAML");
  }
}
