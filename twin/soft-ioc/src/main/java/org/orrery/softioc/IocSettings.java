package org.orrery.softioc;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.plant.DetectorConfig;
import org.orrery.simulator.plant.HvActivity;
import org.orrery.simulator.plant.Scale;

/**
 * What the soft IOC is told on its command line.
 *
 * @param serverPort TCP port of pvAccess; 0 for any free one
 * @param searchPort UDP port of searches; 0 for any free one
 * @param plantClock the mapping of plant time; absent for one that begins now at {@code speed}
 * @param stateFile where the detector's state is kept over restarts
 * @param detector which detector: its seed, its scale, and what its high voltage does by itself
 * @param speed plant seconds per wall second where {@code plantClock} is absent
 * @param dataSeconds plant seconds between two sets of histograms; 0 for none
 * @param putLog where every put is written down; absent for nowhere
 * @param parentPid the process whose end ends this one; absent to live on
 */
public record IocSettings(
    int serverPort,
    int searchPort,
    Optional<Path> plantClock,
    Path stateFile,
    SimulatorConfig detector,
    double speed,
    long dataSeconds,
    Optional<Path> putLog,
    OptionalLong parentPid) {
  /** How to call it. */
  public static final String USAGE =
      "soft-ioc --state-file FILE [--server-port N] [--search-port N] [--plant-clock FILE | --speed"
          + " X] [--seed N] [--scale bench|reference|large|module] [--hv-activity off|published]"
          + " [--data-seconds N] [--put-log FILE] [--parent-pid N]";

  private static final long DATA_SECONDS = 300;
  private static final long MOST_DATA_SECONDS = 86_400;

  private static final Set<String> KNOWN =
      Set.of(
          "--server-port",
          "--search-port",
          "--plant-clock",
          "--state-file",
          "--seed",
          "--scale",
          "--hv-activity",
          "--speed",
          "--data-seconds",
          "--put-log",
          "--parent-pid");

  /** The settings, or everything that is wrong with the arguments. */
  public sealed interface Parsed {
    /** Usable settings. */
    record Good(IocSettings settings) implements Parsed {}

    /** One line for each problem. */
    record Bad(List<String> problems) implements Parsed {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Reads the arguments. */
  public static Parsed parse(List<String> arguments) {
    Reader reader = new Reader(arguments);
    int serverPort = (int) reader.whole("--server-port", 0, 0, 65535);
    int searchPort = (int) reader.whole("--search-port", 0, 0, 65535);
    long seed = reader.whole("--seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    Scale scale =
        reader.choice(
            "--scale",
            Scale.reference(),
            Map.of(
                "bench", Scale.bench(),
                "reference", Scale.reference(),
                "large", Scale.large(),
                "module", Scale.duneModule()));
    HvActivity activity =
        reader.choice(
            "--hv-activity",
            HvActivity.OFF,
            Map.of("off", HvActivity.OFF, "published", HvActivity.PUBLISHED));
    double speed = reader.positive("--speed", 1);
    long dataSeconds = reader.whole("--data-seconds", DATA_SECONDS, 0, MOST_DATA_SECONDS);
    Optional<Path> plantClock = reader.text("--plant-clock").map(Path::of);
    Optional<Path> stateFile = reader.text("--state-file").map(Path::of);
    OptionalLong parentPid =
        reader.text("--parent-pid").isPresent()
            ? OptionalLong.of(reader.whole("--parent-pid", 0, 1, Long.MAX_VALUE))
            : OptionalLong.empty();
    if (stateFile.isEmpty()) {
      reader.problems.add("--state-file is missing");
    }
    if (plantClock.isPresent() && reader.text("--speed").isPresent()) {
      reader.problems.add("--plant-clock states the speed: leave --speed out");
    }
    if (!reader.problems.isEmpty() || stateFile.isEmpty()) {
      return new Parsed.Bad(reader.problems);
    }
    return new Parsed.Good(
        new IocSettings(
            serverPort,
            searchPort,
            plantClock,
            stateFile.get(),
            new SimulatorConfig(
                seed, DetectorConfig.protoDuneSpLike().withScale(scale).withHvActivity(activity)),
            speed,
            dataSeconds,
            reader.text("--put-log").map(Path::of),
            parentPid));
  }

  /** Collects options and what is wrong with them. */
  private static final class Reader {
    private final Map<String, String> given = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Reader(List<String> arguments) {
      for (int i = 0; i < arguments.size(); i += 2) {
        String option = arguments.get(i);
        if (!KNOWN.contains(option)) {
          problems.add("unknown option " + option);
        } else if (i + 1 >= arguments.size()) {
          problems.add(option + " needs a value");
        } else if (given.put(option, arguments.get(i + 1)) != null) {
          problems.add(option + " is given twice");
        }
      }
    }

    Optional<String> text(String option) {
      return Optional.ofNullable(given.get(option));
    }

    <T> T choice(String option, T otherwise, Map<String, T> choices) {
      String value = given.get(option);
      if (value == null) {
        return otherwise;
      }
      T chosen = choices.get(value);
      if (chosen == null) {
        problems.add(
            "%s is one of %s, got '%s'"
                .formatted(option, String.join(", ", new TreeSet<>(choices.keySet())), value));
        return otherwise;
      }
      return chosen;
    }

    long whole(String option, long otherwise, long least, long most) {
      String value = given.get(option);
      if (value == null) {
        return otherwise;
      }
      try {
        long number = Long.parseLong(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        problems.add(option + " needs a whole number, got '" + value + "'");
        return otherwise;
      }
      problems.add(option + " must lie between " + least + " and " + most + ", got " + value);
      return otherwise;
    }

    double positive(String option, double otherwise) {
      String value = given.get(option);
      if (value == null) {
        return otherwise;
      }
      try {
        double number = Double.parseDouble(value);
        if (number > 0 && number <= 1e6) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        problems.add(option + " needs a number, got '" + value + "'");
        return otherwise;
      }
      problems.add(option + " must be above 0 and at most 1e6, got " + value);
      return otherwise;
    }
  }
}
