package org.orrery.app.config;

import java.util.List;

/** A configuration that cannot be used, with every problem that was found. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Every problem names the file, the line, the rule and the remedy. */
  public ConfigException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
