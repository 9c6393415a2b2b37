package org.orrery.alarms.core;

import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import org.orrery.contract.sample.Severity;

/**
 * Something is wrong now, whether or not it is annunciated yet.
 *
 * @param severity how bad; never NONE
 * @param message what people read
 * @param sinceNs since when, plant ns
 * @param causes what it is, each a word that its message contains, but for numbers (a side, a
 *     label, a status), or the id of a finding or of a lost connection. A cause that was not there
 *     when somebody looked is another trouble under the same alarm, however bad
 */
record Condition(Severity severity, String message, long sinceNs, Set<String> causes) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  Condition {
    causes = Set.copyOf(causes);
    if (severity == Severity.NONE) {
      throw new IllegalArgumentException("a condition has a severity: " + message);
    }
  }

  /** A text that stays the same while only its numbers change. */
  static String withoutNumbers(String text) {
    return NUMBER.matcher(text).replaceAll("#");
  }

  /** True where whoever read this text knows of everything that is wrong. */
  boolean toldBy(String text) {
    String words = withoutNumbers(text);
    return text.equals(message)
        || causes.stream().allMatch(cause -> text.contains(cause) || words.contains(cause));
  }

  /** True where some of the causes are the same, and some are not. */
  boolean isMoreOrLessOf(Condition other) {
    return !causes.equals(other.causes) && !Collections.disjoint(causes, other.causes);
  }

  Condition since(long ns) {
    return new Condition(severity, message, ns, causes);
  }
}
