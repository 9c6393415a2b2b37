package org.orrery.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.ingest.IngestBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how many samples a second are carried from PVs into the archive. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description =
        "Carries samples from PVs over the gateway, the feed and Kafka into the archive, on real"
            + " parts in a folder that is deleted, and accounts for the loss of each stage.")
public final class BenchIngestCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Mixin private GatewayClient client = new GatewayClient();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long each rate is offered (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "500",
      description = "How many PVs (default: ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,3000,10000,20000,40000",
      description =
          "Updates a second that are offered, one after the other (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Integer> rates = List.of();

  /** Picocli fills it in. */
  public BenchIngestCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () -> {
          if (seconds < 1
              || channels < 1
              || rates.isEmpty()
              || rates.stream().anyMatch(r -> r < 1)) {
            throw new BadInputException(
                List.of("--seconds, --channels and --rates must be above 0"));
          }
          return IngestBench.run(
              new IngestBench.Settings(channels, seconds, rates, client.options()),
              Version.current(),
              output::progress);
        });
  }
}
