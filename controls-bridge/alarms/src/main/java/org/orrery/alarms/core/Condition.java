package org.orrery.alarms.core;

import java.util.Set;
import java.util.regex.Pattern;
import org.orrery.contract.sample.Severity;

/**
 * Something is wrong now, whether or not it is annunciated yet.
 *
 * @param severity how bad; never NONE
 * @param message what people read
 * @param sinceNs since when, plant ns
 * @param causes what it is, each a word that its message contains, but for numbers, or the id of a
 *     finding: a side, a label, a status. A cause that was not there when somebody looked is
 *     another trouble under the same alarm, however bad. Empty where the alarm's kind says it all
 */
record Condition(Severity severity, String message, long sinceNs, Set<String> causes) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  Condition {
    causes = Set.copyOf(causes);
    if (severity == Severity.NONE) {
      throw new IllegalArgumentException("a condition has a severity: " + message);
    }
  }

  Condition(Severity severity, String message, long sinceNs) {
    this(severity, message, sinceNs, Set.of());
  }

  /** A text that stays the same while only its numbers change. */
  static String withoutNumbers(String text) {
    return NUMBER.matcher(text).replaceAll("#");
  }

  /** True where whoever read this message knows of everything that is wrong. */
  boolean toldBy(String message) {
    String words = withoutNumbers(message);
    return causes.stream().allMatch(cause -> message.contains(cause) || words.contains(cause));
  }

  Condition since(long ns) {
    return new Condition(severity, message, ns, causes);
  }
}
