package org.orrery.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.Report;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every benchmark does with what it found. Not thread-safe. */
public final class BenchOutput {
  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the figures, with their provenance, as JSON.")
  private @Nullable Path json;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public BenchOutput() {}

  /** A benchmark; it may report its progress line by line meanwhile. */
  interface Bench {
    Report run() throws IOException, InterruptedException, BadInputException;
  }

  /** Runs, prints, writes; returns the exit code: 0 holds, 1 does not or failed, 2 bad input. */
  int run(Bench bench) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      if (json != null && Files.isDirectory(json)) {
        throw new BadInputException(List.of(json + " is a folder, --json needs a file"));
      }
      Quiet.logs();
      Report report = bench.run();
      PrintWriter out = spec.commandLine().getOut();
      report.lines().forEach(out::println);
      out.println(report.provenance().host().line());
      out.flush();
      if (json != null) {
        report.writeJson(json);
      }
      return report.passed() ? 0 : 1;
    } catch (BadInputException e) {
      e.problems().forEach(err::println);
      err.printf("%d problems; nothing was measured%n", e.problems().size());
      return 2;
    } catch (IOException e) {
      err.printf("the benchmark failed: %s%n", e);
      return 1;
    }
  }

  /** A line about how far it is, past the figures. */
  void progress(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
