package org.orrery.app.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.orrery.app.Version;
import org.orrery.app.config.ConfigException;
import org.orrery.app.run.Orrery;
import org.orrery.app.run.RunOptions;
import org.orrery.app.run.StartException;
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
    RunOptions options =
        new RunOptions(
            loaded.facility(),
            loaded.site(),
            data.path(),
            Objects.requireNonNullElse(port, loaded.site().port()),
            Optional.ofNullable(ackLedger),
            Version.current());
    CountDownLatch stopped = new CountDownLatch(1);
    try (Orrery orrery = new Orrery(options)) {
      // Before the start, so that Ctrl-C during it takes apart what has been started.
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    orrery.close();
                    stopped.countDown();
                  },
                  "shutdown"));
      orrery.start();
      orrery.announce(System.out);
      stopped.await();
      return 0;
    } catch (StartException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
