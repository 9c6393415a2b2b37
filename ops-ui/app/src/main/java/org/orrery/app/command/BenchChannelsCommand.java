package org.orrery.app.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.ingest.ChannelsBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects very many PVs and counts the alarm edges that arrive. */
@Command(
    name = "channels",
    mixinStandardHelpOptions = true,
    description = {
      "Serves very many PVs over pvAccess on loopback and takes them in through the gateway, in",
      "one process: time to connect them all, and whether every change of an alarm severity"
          + " arrives.",
      "150,000 PVs need some 6 GB of heap: ORRERY_JAVA_OPTS='-Xmx10g -Xms8g'."
    })
public final class BenchChannelsCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "150000",
      description = "How many PVs in all (default: ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--fast",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many of them change ten times a second, the others .02 times (default:"
              + " ${DEFAULT-VALUE}).")
  private int fast;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /** Picocli fills it in. */
  public BenchChannelsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () -> {
          if (channels < 1 || seconds < 1 || fast < 1 || fast > channels) {
            throw new BadInputException(
                List.of("--channels, --fast and --seconds must be above 0, --fast at most all"));
          }
          return ChannelsBench.run(
              new ChannelsBench.Settings(channels, fast, seconds),
              Version.current(),
              output::progress);
        });
  }
}
