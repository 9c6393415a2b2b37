package org.orrery.simulator.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads the operations assumptions, strictly: unknown, missing and doubled keys, numbers out of
 * order or of a wrong unit, guesses without a reason and sources that nobody defined are refused.
 */
public final class AssumptionsReader {
  private static final String RESOURCE = "operations-assumptions.yaml";

  private AssumptionsReader() {}

  /** Returns the frozen assumptions that were built in. */
  public static OperationsAssumptions frozen() {
    return read(frozenText());
  }

  /** Returns the text of the frozen assumptions that were built in. */
  public static String frozenText() {
    try (InputStream in = AssumptionsReader.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            RESOURCE + " is not on the class path; build the simulator");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads assumptions from the text of a YAML file.
   *
   * @throws AssumptionsRefused with all problems, if there is one
   */
  public static OperationsAssumptions read(String yaml) {
    List<Problem> problems = new ArrayList<>();
    RecordReader reader = new RecordReader(problems);
    Optional<OperationsAssumptions> assumptions =
        compose(yaml, problems)
            .map(
                root -> {
                  reader.sources(root, "sources");
                  return reader.read(OperationsAssumptions.class, root, "");
                });
    reader.refuseSourcesThatNobodyCites();
    if (assumptions.isEmpty() || !problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(Problem::line).thenComparing(Problem::key));
      throw new AssumptionsRefused(problems);
    }
    return assumptions.get();
  }

  private static Optional<Node> compose(String yaml, List<Problem> problems) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel("assumptions").build();
      Optional<Node> root = new Compose(settings).composeString(yaml);
      if (root.isEmpty()) {
        problems.add(new Problem(0, "", "it is empty", "give the whole file"));
      }
      return root;
    } catch (YamlEngineException e) {
      problems.add(new Problem(0, "", "it is not YAML: " + e.getMessage(), "correct the syntax"));
      return Optional.empty();
    }
  }
}
