package org.orrery.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.app.Version;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.ingest.SoakBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carries samples from PVs into the archive for a long time. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    description =
        "Carries samples from PVs into the archive at one rate for a long time, on real parts, and"
            + " tells losses by stage, memory and the delay until a reader sees a sample. An hour"
            + " at 50,000/s takes about 35 GB of disk.")
public final class BenchSoakCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Mixin private GatewayClient client = new GatewayClient();

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many PVs (default: ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Updates a second of all together (default: ${DEFAULT-VALUE}).")
  private int perSecond;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "3600",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Where broker and database keep their files, deleted afterwards (default: a new folder"
              + " among the temporary files).")
  private @Nullable Path folder;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      defaultValue = "soak.log",
      description = "Takes a line a minute (default: ${DEFAULT-VALUE}).")
  private Path log = Path.of("soak.log");

  /** Picocli fills it in. */
  public BenchSoakCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () -> {
          if (channels < 1 || perSecond < 1 || seconds < 1) {
            throw new BadInputException(
                List.of("--channels, --rate and --seconds must be above 0"));
          }
          if (folder != null && Files.exists(folder)) {
            throw new BadInputException(
                List.of(folder + " is there already and would be deleted; name a new folder"));
          }
          Path place = folder != null ? folder : Files.createTempDirectory("orrery-bench-soak");
          return SoakBench.run(
              new SoakBench.Settings(channels, perSecond, seconds, client.options(), place, log),
              Version.current(),
              output::progress);
        });
  }
}
