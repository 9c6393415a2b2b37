package org.orrery.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.orrery.twin.TwinModule;
import org.orrery.twin.core.model.LarModel;

/** Measures the twin's backends side by side: member-steps per second, and memory. Stateless. */
public final class TwinBench {
  /** What the others are compared with: the backend that also runs on a GPU. */
  private static final String BASE = "djl";

  private TwinBench() {}

  /**
   * One backend at one size.
   *
   * @param backend its name
   * @param members size of the ensemble
   * @param memberStepsPerSecond steps of the model, summed over members, per wall second
   * @param allocatedBytesPerStep Java heap allocated per step of the whole ensemble
   * @param residentBytes growth of the process over the measurement, native memory included
   * @param timesBase its speed over that of the DJL backend at this size; NaN where DJL cannot run
   */
  public record Row(
      String backend,
      int members,
      double memberStepsPerSecond,
      double allocatedBytesPerStep,
      long residentBytes,
      double timesBase) {}

  /**
   * All of it.
   *
   * @param model version of the model
   * @param states numbers in a member's state
   * @param instructions instructions of a step
   * @param rows by backend and size
   */
  public record Result(String model, int states, int instructions, List<Row> rows) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Measures; half a minute.
   *
   * @param version version of the running code
   * @param progress takes a line about how far it is
   * @throws IOException if the folder for native libraries cannot be made or deleted
   */
  public static Report run(String version, Consumer<String> progress) throws IOException {
    LarModel model = LarModel.reference();
    BenchProvenance provenance = BenchProvenance.now(version, LarModel.VERSION, 1, "");
    Path folder = Files.createTempDirectory("orrery-bench-twin");
    try {
      Result result =
          new Result(
              LarModel.VERSION,
              model.transition().stateCount(),
              model.transition().instructions().size(),
              compare(TwinModule.benchmark(folder, progress)));
      return new Report("twin", true, provenance, result, lines(result));
    } finally {
      delete(folder);
    }
  }

  private static List<Row> compare(List<TwinModule.BenchmarkRow> measured) {
    List<Row> rows = new ArrayList<>();
    for (TwinModule.BenchmarkRow row : measured) {
      OptionalDouble base =
          measured.stream()
              .filter(other -> other.members() == row.members())
              .filter(other -> other.backend().startsWith(BASE))
              .mapToDouble(TwinModule.BenchmarkRow::memberStepsPerSecond)
              .findFirst();
      rows.add(
          new Row(
              row.backend(),
              row.members(),
              row.memberStepsPerSecond(),
              row.allocatedBytesPerStep(),
              row.residentBytes(),
              base.isPresent() ? row.memberStepsPerSecond() / base.getAsDouble() : Double.NaN));
    }
    return rows;
  }

  private static List<String> lines(Result result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "model %s: %d states a member, %d instructions a step, 64-bit"
            .formatted(result.model(), result.states(), result.instructions()));
    String line = "%-10s %8s %18s %12s %18s %16s";
    lines.add(
        line.formatted(
            "backend",
            "members",
            "member-steps/s",
            "times djl",
            "heap per step",
            "process grew by"));
    for (Row row : result.rows()) {
      lines.add(
          line.formatted(
              row.backend(),
              "%,d".formatted(row.members()),
              "%,.0f".formatted(row.memberStepsPerSecond()),
              "%.1f".formatted(row.timesBase()),
              "%,.0f B".formatted(row.allocatedBytesPerStep()),
              "%,.1f MiB".formatted(row.residentBytes() / 1048576.0)));
    }
    return lines;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
