package org.orrery.server.runtime;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Regular expressions of strangers, which may be made to take forever. Stateless. */
final class SafeRegex {
  private static final int MOST_STEPS = 5_000_000;

  private SafeRegex() {}

  /**
   * The names that match as a whole, sorted.
   *
   * @throws IllegalArgumentException when the expression is none, or takes too long
   */
  static List<String> matching(String expression, Collection<String> names) {
    try {
      Pattern pattern = Pattern.compile(expression);
      AtomicInteger steps = new AtomicInteger();
      return names.stream()
          .filter(name -> pattern.matcher(new Counted(name, steps)).matches())
          .sorted()
          .toList();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + expression + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  /** A text that counts how often it is looked at. */
  private record Counted(CharSequence text, AtomicInteger steps) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (steps.incrementAndGet() > MOST_STEPS) {
        throw new IllegalArgumentException("the regular expression takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.subSequence(start, end), steps);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
