package org.orrery.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumptionsReaderTest {
  private static final Path IN_THE_TREE =
      Path.of("..", "..", "docs", "benchmarks", "operations-assumptions.yaml");

  private static List<Problem> problemsOf(String yaml) {
    AssumptionsRefused refused =
        catchThrowableOfType(AssumptionsRefused.class, () -> AssumptionsReader.read(yaml));
    assertThat(refused).isNotNull();
    return refused.problems();
  }

  @Test
  void shouldReadTheFrozenFile() {
    // Given
    String text = AssumptionsReader.frozenText();
    // When
    OperationsAssumptions assumptions = AssumptionsReader.read(text);
    // Then
    assertThat(assumptions.version()).isEqualTo(1);
    assertThat(assumptions.date()).isEqualTo("2026-11-28");
    assertThat(assumptions.faults()).containsOnlyKeys(FaultClass.values());
    assertThat(assumptions.fault(FaultClass.F2).rate().nominal()).isEqualTo(304);
    assertThat(assumptions.repair(Repair.HV_QUENCH).byScript().orElseThrow().seconds())
        .isEqualTo(240);
    assertThat(assumptions.arms()).containsOnlyKeys(Arm.values());
    assertThat(assumptions.numbers()).hasSizeGreaterThan(250);
  }

  @Test
  void shouldCarryTheOneCopyThatStandsInTheTree() throws Exception {
    // Given
    String inTheTree = Files.readString(IN_THE_TREE, StandardCharsets.UTF_8);
    // When
    String builtIn = AssumptionsReader.frozenText();
    // Then
    assertThat(builtIn).isEqualTo(inTheTree);
  }

  @Test
  void shouldCallEveryRateAGuessButTheThreePublishedOnes() {
    // Given
    OperationsAssumptions assumptions = AssumptionsReader.frozen();
    // When
    List<FaultClass> published =
        assumptions.faults().entrySet().stream()
            .filter(entry -> !entry.getValue().rate().guessed())
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    // Then
    assertThat(published).containsExactly(FaultClass.F1, FaultClass.F2, FaultClass.F14);
  }

  @Test
  void shouldReportAllProblemsAtOnce() {
    // Given
    String yaml =
        AssumptionsReader.frozenText()
            .replace("version: 1\n", "version: one\nbogus: 3\n")
            .replace("difficulty: decoy\n", "difficulty: strange\n")
            .replace("  hand-over:", "  hand-under:")
            .replace("source: cop", "source: hearsay")
            .replace("unit: 1/mo, source: pdsp-hv", "unit: 1/wk, source: pdsp-hv");
    // When
    List<Problem> problems = problemsOf(yaml);
    // Then
    assertThat(problems)
        .extracting(Problem::key)
        .contains(
            "version",
            "bogus",
            "faults.F10.difficulty",
            "faults.F21.difficulty",
            "response-times.hand-over",
            "response-times.hand-under",
            "faults.F1.rate",
            "faults.F2.rate",
            "sources.cop",
            "alarms.overload-new");
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.rule()).isNotBlank();
              assertThat(problem.remedy()).isNotBlank();
              assertThat(problem.line()).isPositive();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 1 | version: 1\\nversion: 2 | version | twice",
        "'low: 0.05, nominal: 0.2, high: 1, unit: 1/mo' | 'low: 0.3, nominal: 0.2, high: 1, unit:"
            + " 1/mo' | faults.F5.rate | low <= nominal",
        "'nominal: 0.75, high: 0.95, unit: \"1\"' | 'nominal: 0.75, high: 1.5, unit: \"1\"' |"
            + " skills.obvious.new-shifter | within 0 and 1",
        "', why: \"charge lost' | ', because: \"charge lost' | faults.F5 | missing",
        "'source: minos' | 'source: hearsay' | published-uptime.whole-detector | not defined",
        "'  minos: \"' | '  menos: \"' | sources.menos | cites",
        "'  F24:' | '  F25:' | faults.F24 | missing",
        "'repairs: [hv-quench]' | 'repairs: hv-quench' | faults.F1.repairs | list",
        "'low: 61' | 'low: .inf' | faults.F1.rate.low | not a number",
        "'who: supplier' | 'who: somebody' | repairs.nitrogen-delivery.who | not known",
        "'needs-cause: false' | 'needs-cause: no' | needs-cause | true or false"
      })
  void shouldNameKeyRuleAndRemedy(String good, String bad, String key, String rule) {
    // Given
    String text = AssumptionsReader.frozenText();
    assertThat(text).contains(good);
    // When
    List<Problem> problems =
        problemsOf(
            text.replaceFirst(
                Pattern.quote(good), Matcher.quoteReplacement(bad.replace("\\n", "\n"))));
    // Then
    assertThat(problems)
        .anySatisfy(
            problem -> {
              assertThat(problem.key()).contains(key);
              assertThat(problem.rule()).contains(rule);
            });
  }

  @Test
  void shouldRefuseWhatIsNoFileAtAll() {
    // Given
    List<String> texts = List.of("", "just words", "a: [", "- 1\n- 2");
    // When
    // Then
    for (String text : texts) {
      assertThat(problemsOf(text)).isNotEmpty();
    }
  }

  @Test
  void shouldMoveOneNumberForASensitivity() {
    // Given
    OperationsAssumptions assumptions = AssumptionsReader.frozen();
    // When
    OperationsAssumptions moved = assumptions.with("faults.F5.rate", Level.HIGH);
    // Then
    assertThat(moved.fault(FaultClass.F5).rate().nominal()).isEqualTo(1.0);
    assertThat(moved.with("faults.F5.rate", Level.HIGH)).isEqualTo(moved);
    assertThat(moved.numbers().keySet()).isEqualTo(assumptions.numbers().keySet());
    assertThat(
            assumptions.numbers().keySet().stream()
                .filter(path -> !moved.numbers().get(path).equals(assumptions.numbers().get(path)))
                .toList())
        .containsExactly("faults.F5.rate");
    assertThatThrownBy(() -> assumptions.with("faults.F5", Level.LOW))
        .hasMessageContaining("faults.F5");
  }
}
