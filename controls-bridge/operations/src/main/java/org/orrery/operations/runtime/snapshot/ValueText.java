package org.orrery.operations.runtime.snapshot;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;

/**
 * Values as texts that a person can read in the table: a word for the kind, a space, the value.
 * {@code read(write(x)).equals(x)}. Stateless.
 */
final class ValueText {
  private ValueText() {}

  static String write(Value value) {
    return switch (value) {
      case Value.DoubleValue d -> "double " + d.value();
      case Value.LongValue l -> "long " + l.value();
      case Value.TextValue t -> "text " + escape(t.value());
      case Value.ChoiceValue c -> "choice " + c.index() + " " + escape(c.label());
      case DoubleArrayValue a ->
          "array "
              + Arrays.stream(a.toArray())
                  .mapToObj(Double::toString)
                  .collect(Collectors.joining(","));
      case HistogramValue h ->
          throw new IllegalArgumentException("a histogram is no setting and is not saved");
    };
  }

  /**
   * Reads a text back.
   *
   * @throws IllegalArgumentException if it is none of {@link #write}; the message quotes it
   */
  static Value read(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("not a saved value: '" + text + "'");
    }
    String rest = text.substring(space + 1);
    return switch (text.substring(0, space)) {
      case "double" -> new Value.DoubleValue(Double.parseDouble(rest));
      case "long" -> new Value.LongValue(Long.parseLong(rest));
      case "text" -> new Value.TextValue(unescape(rest));
      case "choice" -> choice(rest);
      case "array" ->
          DoubleArrayValue.of(
              rest.isEmpty()
                  ? new double[0]
                  : Arrays.stream(rest.split(",")).mapToDouble(Double::parseDouble).toArray());
      default -> throw new IllegalArgumentException("not a saved value: '" + text + "'");
    };
  }

  private static Value choice(String rest) {
    int space = rest.indexOf(' ');
    return new Value.ChoiceValue(
        Integer.parseInt(rest.substring(0, space)), unescape(rest.substring(space + 1)));
  }

  /** PostgreSQL texts cannot hold the character NUL. */
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\0", "\\0");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        plain.append(text.charAt(i) == '0' ? '\0' : '\\');
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
