package org.orrery.lab.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.lab.drill.core.DrillScenario;

/** The drills that come with Orrery, the easiest first. Stateless. */
public final class DrillCatalogue {
  private static final List<String> NAMES =
      List.of(
          "quiet-pump",
          "silent-meter",
          "quiet-night",
          "cold-supply",
          "dark-cathode",
          "falling-glass",
          "glow",
          "other-side",
          "stubborn-valve");

  private DrillCatalogue() {}

  /** The names, the easiest first. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * All drills.
   *
   * @throws DrillFileException with every problem of every file
   */
  public static List<DrillScenario> all() throws DrillFileException {
    List<DrillScenario> all = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String name : NAMES) {
      try {
        all.add(read(name));
      } catch (DrillFileException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new DrillFileException(problems);
    }
    return all;
  }

  /**
   * One drill; empty where there is none of that name.
   *
   * @throws DrillFileException with every problem of its file
   */
  public static Optional<DrillScenario> find(String name) throws DrillFileException {
    return NAMES.contains(name) ? Optional.of(read(name)) : Optional.empty();
  }

  /**
   * A drill that somebody brings.
   *
   * @throws DrillFileException with every problem of the file
   * @throws IOException if it cannot be read
   */
  public static DrillScenario read(Path file) throws DrillFileException, IOException {
    return DrillFile.parse(file.toString(), Files.readString(file));
  }

  private static DrillScenario read(String name) throws DrillFileException {
    String file = name + ".yaml";
    try (InputStream stream = DrillCatalogue.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new DrillFileException(List.of(file + " is missing from the distribution"));
      }
      DrillScenario scenario =
          DrillFile.parse(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      if (!scenario.sheet().name().equals(name)) {
        throw new DrillFileException(
            List.of(file + ": 'name' must be " + name + ", as the file is called"));
      }
      return scenario;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
