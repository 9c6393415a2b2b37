package org.orrery.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.LarBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the simulator's liquid-argon formulas with a table of reference values. */
@Command(
    name = "lar",
    mixinStandardHelpOptions = true,
    description =
        "Compares the simulator's liquid-argon formulas with reference values, each within its own"
            + " tolerance.")
public final class BenchLarCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description = "Columns id, quantity, model, inputs (name=value;…), expected, rtol.")
  private Path csv = Path.of("");

  /** Picocli fills it in. */
  public BenchLarCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () -> {
          if (!Files.isReadable(csv) || Files.isDirectory(csv)) {
            throw new BadInputException(List.of(csv + " cannot be read; check --csv"));
          }
          return LarBench.run(csv, Version.current());
        });
  }
}
