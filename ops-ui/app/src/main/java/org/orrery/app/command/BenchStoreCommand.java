package org.orrery.app.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.lab.bench.store.StoreBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the archive's store. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description =
        "Fills a year of generated samples into the archive's store on its own PostgreSQL, then"
            + " asks for an hour, a day and a year of one channel and of many. Can be stopped at"
            + " any time: the same again goes on.")
public final class BenchStoreCommand implements Callable<Integer> {
  @Mixin private BenchOutput output = new BenchOutput();

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "10000000",
      description = "How many samples in all (default: ${DEFAULT-VALUE}); 150 bytes each.")
  private long samples;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many channels they belong to (default: ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Where the database lies; it stays there.")
  private Path data = Path.of("");

  /** Picocli fills it in. */
  public BenchStoreCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () ->
            StoreBench.run(
                new StoreBench.Settings(samples, channels, data.toAbsolutePath()),
                Version.current(),
                output::progress));
  }
}
