package org.orrery.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.app.Version;
import org.orrery.app.config.ConfigException;
import org.orrery.app.config.Site;
import org.orrery.app.run.RunOptions;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.drill.DrillCatalogue;
import org.orrery.lab.drill.DrillFileException;
import org.orrery.lab.drill.core.DrillScenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs one drill. It takes no facility and no site: the detector is always the simulated reference
 * detector, in a data directory and behind ports of its own.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a drill on a simulated detector of its own and prints the address of its page.",
      "The debrief is left in the data directory as debrief.md and debrief.json."
    })
public final class DrillRunCommand implements Callable<Integer> {
  /** As in the usual site description. */
  private static final Site.Twin TWIN = new Site.Twin(64, "auto");

  private static final int RAW_DAYS = 3;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME|FILE",
      description =
          "Which drill; 'orrery drill list' shows them. Or a drill of your own, FILE.yaml.")
  private String name = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port on loopback (default: any free one).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "A data directory that nothing has used yet (default: ~/.orrery/drills/NAME-N).")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides the detector's hidden parameters and when things happen (default: 1).")
  private long seed = 1;

  /** Picocli fills it in. */
  public DrillRunCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      Optional<DrillScenario> drill =
          name.endsWith(".yaml")
              ? Optional.of(DrillCatalogue.read(Path.of(name)))
              : DrillCatalogue.find(name);
      if (drill.isEmpty()) {
        err.printf("there is no drill '%s'; there are: %s%n", name, DrillCatalogue.names());
        return 2;
      }
      Facility reference = Configuration.reference();
      double factor = drill.get().sheet().factor();
      Site site =
          new Site(
              port,
              true,
              List.of(),
              new Site.Simulation(factor, seed),
              Optional.empty(),
              Optional.empty(),
              TWIN,
              RAW_DAYS);
      return UntilStopped.run(
          new RunOptions(
              reference,
              site,
              AccessRules.OPEN,
              folder(drill.get().sheet().name()),
              port,
              Optional.empty(),
              drill,
              Version.current()));
    } catch (DrillFileException e) {
      e.problems().forEach(err::println);
      return 2;
    } catch (IOException e) {
      err.printf("%s cannot be read: %s%n", name, e);
      return 2;
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      return 2;
    }
  }

  /** The directory given, else the first that is free. */
  private Path folder(String drill) {
    if (data != null) {
      return data.toAbsolutePath();
    }
    Path drills = new DataOption().path().resolve("drills");
    int number = 1;
    while (Files.exists(drills.resolve(drill + "-" + number))) {
      number++;
    }
    return drills.resolve(drill + "-" + number);
  }
}
