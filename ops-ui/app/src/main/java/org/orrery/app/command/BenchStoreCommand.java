package org.orrery.app.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.app.Version;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.store.StoreBench;
import org.orrery.store.StoreConfig;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the archive's store. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description =
        "Fills a year of generated samples into the archive's store, on its own PostgreSQL or on a"
            + " database that holds nothing else, then asks for an hour, a day and a year of one"
            + " channel and of many. Can be stopped at any time: the same again goes on.")
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
      description = "Where the own database lies, and what the run was; it stays there.")
  private Path data = Path.of("");

  @ArgGroup(exclusive = false)
  private @Nullable Site site;

  /** Instead of the own database. */
  private static final class Site {
    private static final int CONNECTIONS = 4;

    @Option(
        names = "--database",
        required = true,
        paramLabel = "URL",
        description = "jdbc:postgresql://host:port/database, with TimescaleDB or without.")
    private String url = "";

    @Option(
        names = "--user",
        required = true,
        paramLabel = "ROLE",
        description = "A role that may make schemas and extensions there.")
    private String user = "";

    @Option(
        names = "--password-file",
        required = true,
        paramLabel = "FILE",
        description = "Holds the role's password and nothing else.")
    private Path passwordFile = Path.of("");

    StoreConfig.Site config() throws BadInputException {
      if (!Files.isReadable(passwordFile)) {
        throw new BadInputException(
            List.of(passwordFile + " cannot be read; write the role's password into it"));
      }
      try {
        return new StoreConfig.Site(url, user, passwordFile, CONNECTIONS);
      } catch (IllegalArgumentException e) {
        throw new BadInputException(
            List.of("--database: " + e.getMessage() + "; write jdbc:postgresql://host:port/name"));
      }
    }
  }

  /** Picocli fills it in. */
  public BenchStoreCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () ->
            StoreBench.run(
                new StoreBench.Settings(
                    samples,
                    channels,
                    data.toAbsolutePath(),
                    site == null ? Optional.empty() : Optional.of(site.config())),
                Version.current(),
                output::progress));
  }
}
