package org.orrery.lab.drill;

import java.util.List;

/** A drill's file that cannot be used, with every problem that was found. */
public final class DrillFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /** Every problem names the file, the line, the rule and the remedy. */
  public DrillFileException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem in the order of the file. */
  public List<String> problems() {
    return problems;
  }
}
