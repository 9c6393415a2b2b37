package org.orrery.app.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.app.Version;
import org.orrery.app.config.ConfigException;
import org.orrery.app.run.Roles;
import org.orrery.app.run.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts Orrery and runs it until it is told to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Starts Orrery; without files: the reference detector, simulated.")
public final class RunCommand implements Callable<Integer> {
  @Mixin private Configuration configuration = new Configuration();

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--port", paramLabel = "N", description = "HTTP port; 0 for any free one.")
  private @Nullable Integer port;

  @Option(
      names = "--simulated",
      description = "Insist on a simulated detector: refuse a facility that is not.")
  private boolean simulated;

  @Option(
      names = "--roles",
      paramLabel = "A,B",
      description =
          "Run these rooms alone, beside other processes on the same data directory: gateway,"
              + " alarms, operations, supervision, archive, twin, dqm, server (default: all in one"
              + " process).")
  private @Nullable String roles;

  @Option(
      names = "--ack-ledger",
      paramLabel = "FILE",
      description = "Write down every sample that Kafka acknowledged, for loss accounting.")
  private @Nullable Path ackLedger;

  /** Picocli fills it in. */
  public RunCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    Configuration.Loaded loaded;
    try {
      loaded = configuration.load();
    } catch (ConfigException e) {
      e.problems().forEach(System.err::println);
      System.err.printf("%d problems; nothing was started%n", e.problems().size());
      return 2;
    }
    if (simulated && !loaded.facility().simulated()) {
      System.err.printf(
          "%s is no simulated facility; leave --simulated out to run the real one%n",
          loaded.facility().name());
      return 2;
    }
    Roles chosen;
    try {
      chosen = roles == null ? Roles.ALL : Roles.parse(roles);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    RunOptions options =
        new RunOptions(
            loaded.facility(),
            loaded.site(),
            loaded.access(),
            data.path(),
            Objects.requireNonNullElse(port, loaded.site().port()),
            Optional.ofNullable(ackLedger),
            Optional.empty(),
            chosen,
            Version.current());
    return UntilStopped.run(options);
  }
}
