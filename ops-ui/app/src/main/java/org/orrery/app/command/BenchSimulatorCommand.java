package org.orrery.app.command;

import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.bench.SimulatorBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how fast the bare stand-in detector lives. */
@Command(
    name = "simulator",
    mixinStandardHelpOptions = true,
    description =
        "Steps the simulated detector without the rest of Orrery, at about 300 to 150,000 channels:"
            + " plant time against real time, and memory.")
public final class BenchSimulatorCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Option(names = "--seed", paramLabel = "N", description = "Which detector; default 7.")
  private long seed = 7;

  /** Picocli fills it in. */
  public BenchSimulatorCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(() -> SimulatorBench.run(seed, Version.current(), output::progress));
  }
}
