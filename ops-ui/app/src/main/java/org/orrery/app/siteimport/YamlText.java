package org.orrery.app.siteimport;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes YAML line by line, with what a person must look at above the line. Not thread-safe. */
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
  private static final Set<String> WORDS_OF_YAML =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final List<String> lines = new ArrayList<>();
  private int reviews;

  /** A line as it is. */
  YamlText raw(String line) {
    lines.add(line);
    return this;
  }

  /** A key and its value, which is quoted where it must be. */
  YamlText key(int indent, String key, String value) {
    return raw(" ".repeat(indent) + key + ": " + quote(value));
  }

  YamlText number(int indent, String key, double value) {
    return raw(" ".repeat(indent) + key + ": " + number(value));
  }

  /** What a person must look at. */
  YamlText review(int indent, String text) {
    reviews++;
    return comment(indent, "review: " + text);
  }

  YamlText comment(int indent, String text) {
    return raw(" ".repeat(indent) + "# " + text.replaceAll("\\s+", " "));
  }

  /** A key that a person may take over by taking the sign of the comment away. */
  YamlText proposal(int indent, String line) {
    return raw(" ".repeat(indent) + "# " + line);
  }

  YamlText append(YamlText other) {
    lines.addAll(other.lines);
    reviews += other.reviews;
    return this;
  }

  int reviews() {
    return reviews;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }

  static String number(double value) {
    BigDecimal decimal = BigDecimal.valueOf(value).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale();
    return exponent > 9 || exponent < -6 ? decimal.toString() : decimal.toPlainString();
  }

  static String list(List<String> values) {
    return values.stream().map(YamlText::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  static String quote(String text) {
    if (PLAIN.matcher(text).matches() && !WORDS_OF_YAML.contains(text.toLowerCase(Locale.ROOT))) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' '
              || c == 0x7f
              || (c >= 0x80 && c < 0xa0)
              || Character.isSurrogate(c)
              || c == 0x2028
              || c == 0x2029
              || c == 0xfeff
              || c >= 0xfffe) {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
