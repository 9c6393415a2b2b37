package org.orrery.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.faults.FaultGuide;
import org.orrery.simulator.fault.FaultCatalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the fault guide from the simulator itself. */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description =
        "Runs every fault of the simulated detector beside a healthy one, and writes a page with a"
            + " plot for each.")
public final class BenchFaultsCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where faults.md and faults/*.svg are written.")
  private Path out = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "Which detector; default 7.")
  private long seed = 7;

  /** Picocli fills it in. */
  public BenchFaultsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(() -> FaultGuide.write(out, FaultCatalogue.codes(), seed, Version.current()));
  }
}
