package org.orrery.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LarBenchTest {
  private static final String HEAD = "id,quantity,model,inputs,expected,unit,rtol,kind,source\n";
  private static final String GOOD =
      "A1,density,LArSoft linear,T_K=89.0,1.38065,g/cm3,1e-12,executed,\"a file, and a line\"\n";
  private static final String WRONG =
      "A2,density,LArSoft linear,T_K=89.0,1.39,g/cm3,1e-3,executed,x\n";
  private static final String UNKNOWN = "A3,colour,by eye,T_K=89.0,1,1,1e-3,measured,x\n";

  @TempDir Path folder;

  @Test
  void shouldHoldWhereEveryImplementedRowHoldsAndListTheOthers() throws Exception {
    // Given
    Path csv = table(GOOD + UNKNOWN);

    // When
    Report report = LarBench.run(csv, "test");

    // Then
    assertThat(report.passed()).isTrue();
    LarBench.Result result = (LarBench.Result) report.result();
    assertThat(result.hold()).isEqualTo(1);
    assertThat(result.notImplemented()).isEqualTo(1);
    assertThat(report.lines())
        .anyMatch(line -> line.contains("colour") && line.contains("not implemented"))
        .last()
        .isEqualTo("2 rows: 1 hold, 0 fail, 1 of formulas that are not implemented");
  }

  @Test
  void shouldFailWhereAnImplementedRowIsOutsideItsTolerance() throws Exception {
    // Given
    Path csv = table(GOOD + WRONG);

    // When
    Report report = LarBench.run(csv, "test");

    // Then
    assertThat(report.passed()).isFalse();
    assertThat(report.lines()).anyMatch(line -> line.contains("FAILS A2: expected 1.39"));
  }

  @Test
  void shouldFailARowThatLacksAnInput() throws Exception {
    // Given
    Path csv = table(GOOD.replace("T_K=89.0", "E_kVcm=0.5"));

    // When
    Report report = LarBench.run(csv, "test");

    // Then
    assertThat(report.passed()).isFalse();
    assertThat(report.lines()).anyMatch(line -> line.contains("T_K"));
  }

  @Test
  void shouldListEveryProblemOfATable() throws Exception {
    // Given
    Path csv = table("A1,density\n" + GOOD.replace("1.38065", "much") + GOOD.replace("=", ":"));

    // When
    BadInputException problems =
        catchThrowableOfType(BadInputException.class, () -> LarBench.run(csv, "test"));

    // Then
    assertThat(problems.problems())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("line 2: 2 cells"))
        .anyMatch(line -> line.startsWith("line 3: 'much'"))
        .anyMatch(line -> line.startsWith("line 4: an input"));
  }

  @Test
  void shouldNameMissingColumnsAndEmptyTables() throws Exception {
    // Given
    Path headless = Files.writeString(folder.resolve("a.csv"), "id,quantity\n");
    Path empty = Files.writeString(folder.resolve("b.csv"), "");
    Path rowless = table("");

    // When
    BadInputException columns =
        catchThrowableOfType(BadInputException.class, () -> LarBench.run(headless, "test"));
    BadInputException nothing =
        catchThrowableOfType(BadInputException.class, () -> LarBench.run(empty, "test"));
    BadInputException noRows =
        catchThrowableOfType(BadInputException.class, () -> LarBench.run(rowless, "test"));

    // Then
    assertThat(columns.problems()).hasSize(4).anyMatch(line -> line.contains("model"));
    assertThat(nothing.problems()).containsExactly("the table is empty");
    assertThat(noRows.problems()).containsExactly("the table has no rows");
  }

  @Test
  void shouldWriteFiguresWithTheirProvenance() throws Exception {
    // Given
    Path csv = table(GOOD);
    Path file = folder.resolve("out.json");

    // When
    LarBench.run(csv, "1.2.3").writeJson(file);

    // Then
    JsonNode json = new ObjectMapper().readTree(Files.readString(file));
    assertThat(json.at("/bench").asText()).isEqualTo("lar");
    assertThat(json.at("/provenance/version").asText()).isEqualTo("1.2.3");
    assertThat(json.at("/provenance/dataHash").asText())
        .isEqualTo(BenchProvenance.sha256(Files.readAllBytes(csv)));
    assertThat(json.at("/provenance/host/processors").asInt()).isPositive();
    assertThat(json.at("/result/formulas/0/verdicts/0/outcome").asText()).isEqualTo("HOLDS");
  }

  @Test
  void shouldSplitQuotedCells() {
    // Given
    String line = "a,\"b, \"\"c\"\"\",,d";

    // When
    var cells = LarTable.cells(line);

    // Then
    assertThat(cells).containsExactly("a", "b, \"c\"", "", "d");
  }

  private Path table(String rows) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), HEAD + rows);
  }
}
