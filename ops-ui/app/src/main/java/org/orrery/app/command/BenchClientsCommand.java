package org.orrery.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.orrery.app.Version;
import org.orrery.epics.client.PvaOptions;
import org.orrery.lab.bench.BadInputException;
import org.orrery.lab.bench.ingest.ClientsBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The pvAccess clients side by side. */
@Command(
    name = "clients",
    mixinStandardHelpOptions = true,
    description = {
      "Has each pvAccess client take the same load in turn, from a server in a process of its own:",
      "time to connect, updates received, lost and marked as lost, delay, CPU and memory; then",
      "raises the rate until something is left out. A client that is not in this build is left"
          + " out."
    })
public final class BenchClientsCommand implements Callable<Integer> {
  private static final Set<String> CLIENTS = Set.of(PvaOptions.EPICS_CORE, PvaOptions.CORE_PVA);

  @Mixin private BenchOutput output = new BenchOutput();

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
      description = "Updates a second of all PVs together (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long each client takes them (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often each client has its turn (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--client",
      paramLabel = "NAME",
      description = "Only this client: epics-core or core-pva; may be given twice.")
  private List<String> clients = new ArrayList<>();

  /** Picocli fills it in. */
  public BenchClientsCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    return output.run(
        () -> {
          List<String> problems = new ArrayList<>();
          if (channels < 1 || rate < 1 || seconds < 1 || rounds < 1) {
            problems.add("--channels, --rate, --seconds and --rounds must be above 0");
          }
          clients.stream()
              .filter(name -> !CLIENTS.contains(name))
              .forEach(name -> problems.add("--client is epics-core or core-pva, got " + name));
          if (!problems.isEmpty()) {
            throw new BadInputException(problems);
          }
          return ClientsBench.run(
              new ClientsBench.Settings(channels, rate, seconds, rounds, clients),
              Version.current(),
              output::progress);
        });
  }
}
