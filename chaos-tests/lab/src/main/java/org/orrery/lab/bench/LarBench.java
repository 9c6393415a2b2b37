package org.orrery.lab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.orrery.simulator.lar.LarReference;

/**
 * Compares the liquid-argon formulas of the simulator with a table of reference values, row by row
 * within each row's own tolerance. Stateless.
 */
public final class LarBench {
  private LarBench() {}

  /** What became of a row. */
  public enum Outcome {
    /** Within its tolerance. */
    HOLDS,
    /** Outside of it, or the formula could not be evaluated. */
    FAILS,
    /** The simulator has no such formula. */
    NOT_IMPLEMENTED
  }

  /**
   * A row's outcome.
   *
   * @param id the row's name
   * @param outcome what became of it
   * @param expected the reference value
   * @param value our value; NaN where there is none
   * @param toleranceUsed deviation as a share of what is allowed: at most 1 holds
   * @param remark why there is no value; usually empty
   */
  public record Verdict(
      String id,
      Outcome outcome,
      double expected,
      double value,
      double toleranceUsed,
      String remark) {}

  /**
   * The rows of one formula.
   *
   * @param quantity what it is
   * @param model the published formula
   * @param implemented whether the simulator has it
   * @param rows how many rows
   * @param hold how many of them hold
   * @param worst largest share of the tolerance used
   * @param verdicts every row
   */
  public record Formula(
      String quantity,
      String model,
      boolean implemented,
      int rows,
      int hold,
      double worst,
      List<Verdict> verdicts) {}

  /**
   * All of it.
   *
   * @param rows how many rows the table has
   * @param hold how many hold
   * @param fail how many do not
   * @param notImplemented how many are of a formula that the simulator does not have
   * @param formulas by quantity and model
   */
  public record Result(int rows, int hold, int fail, int notImplemented, List<Formula> formulas) {}

  /**
   * Runs the comparison.
   *
   * @param csv the table
   * @param version version of the running code
   * @throws IOException if the table cannot be read
   * @throws BadInputException if it is no such table, with every problem
   */
  public static Report run(Path csv, String version) throws IOException, BadInputException {
    byte[] bytes = Files.readAllBytes(csv);
    List<LarTable.Row> rows =
        LarTable.parse(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    Result result = compare(rows);
    BenchProvenance provenance =
        BenchProvenance.now(
            version, String.join("\n", LarReference.known()), 0, BenchProvenance.sha256(bytes));
    return new Report("lar", result.fail() == 0, provenance, result, lines(result));
  }

  private static Result compare(List<LarTable.Row> rows) {
    Map<String, List<LarTable.Row>> groups = new TreeMap<>();
    for (LarTable.Row row : rows) {
      groups
          .computeIfAbsent(row.quantity() + "\n" + row.model(), key -> new ArrayList<>())
          .add(row);
    }
    List<Formula> formulas = groups.values().stream().map(LarBench::formula).toList();
    return new Result(
        rows.size(),
        count(formulas, Outcome.HOLDS),
        count(formulas, Outcome.FAILS),
        count(formulas, Outcome.NOT_IMPLEMENTED),
        formulas);
  }

  private static int count(List<Formula> formulas, Outcome outcome) {
    return (int)
        formulas.stream()
            .flatMap(formula -> formula.verdicts().stream())
            .filter(verdict -> verdict.outcome() == outcome)
            .count();
  }

  private static Formula formula(List<LarTable.Row> rows) {
    List<Verdict> verdicts = rows.stream().map(LarBench::verdict).toList();
    int hold = (int) verdicts.stream().filter(v -> v.outcome() == Outcome.HOLDS).count();
    double worst = verdicts.stream().mapToDouble(Verdict::toleranceUsed).max().orElse(0);
    return new Formula(
        rows.getFirst().quantity(),
        rows.getFirst().model(),
        verdicts.stream().noneMatch(v -> v.outcome() == Outcome.NOT_IMPLEMENTED),
        rows.size(),
        hold,
        worst,
        verdicts);
  }

  private static Verdict verdict(LarTable.Row row) {
    OptionalDouble value;
    try {
      value = LarReference.evaluate(row.quantity(), row.model(), row.inputs());
    } catch (IllegalArgumentException e) {
      return new Verdict(
          row.id(),
          Outcome.FAILS,
          row.expected(),
          Double.NaN,
          Double.POSITIVE_INFINITY,
          String.valueOf(e.getMessage()));
    }
    if (value.isEmpty()) {
      return new Verdict(
          row.id(), Outcome.NOT_IMPLEMENTED, row.expected(), Double.NaN, Double.NaN, "");
    }
    double deviation = Math.abs(value.getAsDouble() - row.expected());
    double allowed = row.rtol() * Math.abs(row.expected());
    double used = deviation == 0 ? 0 : deviation / allowed;
    return new Verdict(
        row.id(),
        deviation <= allowed ? Outcome.HOLDS : Outcome.FAILS,
        row.expected(),
        value.getAsDouble(),
        used,
        "");
  }

  private static List<String> lines(Result result) {
    List<String> lines = new ArrayList<>();
    String row = "%-28s %-44s %5s %5s %14s";
    lines.add(row.formatted("quantity", "model", "rows", "hold", "tolerance used"));
    for (Formula formula : result.formulas()) {
      if (formula.implemented()) {
        lines.add(
            row.formatted(
                formula.quantity(),
                formula.model(),
                formula.rows(),
                formula.hold(),
                "%.3g".formatted(formula.worst())));
        formula.verdicts().stream()
            .filter(verdict -> verdict.outcome() == Outcome.FAILS)
            .forEach(verdict -> lines.add(failure(verdict)));
      }
    }
    for (Formula formula : result.formulas()) {
      if (!formula.implemented()) {
        lines.add(
            row.formatted(
                formula.quantity(), formula.model(), formula.rows(), "-", "not implemented"));
      }
    }
    lines.add(
        "%d rows: %d hold, %d fail, %d of formulas that are not implemented"
            .formatted(result.rows(), result.hold(), result.fail(), result.notImplemented()));
    return lines;
  }

  private static String failure(Verdict verdict) {
    return "  FAILS %s: expected %s, got %s %s"
        .formatted(verdict.id(), verdict.expected(), verdict.value(), verdict.remark())
        .stripTrailing();
  }
}
