package org.orrery.simulator.plan;

import java.util.List;
import java.util.stream.Collectors;

/** The text of the assumptions cannot be used. It names every problem at once. */
public final class AssumptionsRefused extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  AssumptionsRefused(List<Problem> problems) {
    super(
        "the operations assumptions have %d problem(s):%n%s"
            .formatted(
                problems.size(),
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))));
    this.problems = List.copyOf(problems);
  }

  /** Returns all problems, in the order of the file's keys. */
  public List<Problem> problems() {
    return problems;
  }
}
