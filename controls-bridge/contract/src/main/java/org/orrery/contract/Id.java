package org.orrery.contract;

import java.util.regex.Pattern;

/**
 * The rule that every identifier of the system obeys: 1 to 96 characters of {@code [A-Za-z0-9._-]}.
 * Stateless.
 */
public final class Id {
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");

  private Id() {}

  /**
   * Returns the text unchanged.
   *
   * @param what the noun for the error message, for example {@code "proposal id"}
   * @throws IllegalArgumentException if the text breaks the rule; the message names the text and
   *     the rule
   */
  public static String check(String what, String text) {
    if (!RULE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          what
              + " '"
              + text
              + "' must be 1 to 96 characters of [A-Za-z0-9._-], beginning with a letter or digit");
    }
    return text;
  }
}
