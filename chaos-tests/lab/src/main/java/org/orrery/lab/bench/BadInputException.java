package org.orrery.lab.bench;

import java.util.List;

/** What a benchmark was given cannot be used; every problem is listed. */
public final class BadInputException extends Exception {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // lists of the JDK are serialisable
  private final List<String> problems;

  /** All problems, one line each. */
  public BadInputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, one line each. */
  public List<String> problems() {
    return problems;
  }
}
