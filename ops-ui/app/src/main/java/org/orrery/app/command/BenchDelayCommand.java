package org.orrery.app.command;

import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.DelayBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long a value takes from its source to the page. */
@Command(
    name = "delay",
    mixinStandardHelpOptions = true,
    description =
        "Measures how long values take from the control system to the page of a running Orrery on"
            + " this machine.")
public final class BenchDelayCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where Orrery runs (default: ${DEFAULT-VALUE}).")
  private String url = "";

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long to listen (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /** Picocli fills it in. */
  public BenchDelayCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () -> {
          if (seconds < 1) {
            throw new BadInputException(List.of("--seconds must be above 0"));
          }
          try {
            return DelayBench.run(URI.create(url), seconds, output::progress);
          } catch (IllegalArgumentException e) {
            throw new BadInputException(List.of("--url: " + e.getMessage()));
          }
        });
  }
}
