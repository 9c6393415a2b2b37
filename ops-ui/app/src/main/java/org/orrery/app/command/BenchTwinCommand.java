package org.orrery.app.command;

import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.bench.TwinBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures the backends of the twin. */
@Command(
    name = "twin",
    mixinStandardHelpOptions = true,
    description =
        "Measures member-steps per second and memory of the twin's backends at 64, 1,024 and 16,384"
            + " members.")
public final class BenchTwinCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  /** Picocli fills it in. */
  public BenchTwinCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(() -> TwinBench.run(Version.current(), output::progress));
  }
}
