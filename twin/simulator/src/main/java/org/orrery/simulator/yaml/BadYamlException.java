package org.orrery.simulator.yaml;

import java.util.List;

/** A text that cannot be used. It says everything that is wrong with it at once. */
public final class BadYamlException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The problems, one line each. */
  private final transient List<String> problems;

  /** Takes the problems, at least one. */
  public BadYamlException(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems; each names the place, the rule and, where there is one, the remedy. */
  public List<String> problems() {
    return problems;
  }
}
