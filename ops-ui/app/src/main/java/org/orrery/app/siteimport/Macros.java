package org.orrery.app.siteimport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces {@code $(NAME)}, <code>${NAME}</code> and {@code $(NAME=default)} as the EPICS macro
 * library does: line by line, not between single quotes, innermost first. A macro without a value
 * is refused, where EPICS would load a record of another name. Immutable.
 */
final class Macros {
  private static final int DEEPEST = 32;

  private final Map<String, String> values;

  private Macros(Map<String, String> values) {
    this.values = values;
  }

  static Macros none() {
    return new Macros(Map.of());
  }

  /**
   * Reads {@code P=X,R="a, b"}.
   *
   * @param place where the text stands, for messages
   */
  static Macros parse(String text, Place place) throws ImportException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : split(text)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new ImportException(
            place, "macros are written NAME=value,NAME=value; got '" + part.strip() + "'");
      }
      values.put(part.substring(0, equals).strip(), unquoted(part.substring(equals + 1).strip()));
    }
    return new Macros(values);
  }

  /** The same with more values, which win. */
  Macros with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(more);
    return new Macros(all);
  }

  /** The same with those of another, which win. */
  Macros with(Macros more) {
    return with(more.values);
  }

  /** The text with every macro of its code replaced; comments stay as they are. */
  String expand(String text, String file) throws ImportException {
    StringBuilder result = new StringBuilder();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i];
      int code = endOfCode(line);
      result.append(expand(line.substring(0, code), new Place(file, i + 1), 0));
      result.append(line, code, line.length());
      if (i < lines.length - 1) {
        result.append('\n');
      }
    }
    return result.toString();
  }

  /** One value, such as the name of a file. */
  String expand(String value, Place place) throws ImportException {
    return expand(value, place, 0);
  }

  private String expand(String text, Place place, int depth) throws ImportException {
    if (depth > DEEPEST) {
      throw new ImportException(place, "macros refer to each other in a circle; break it");
    }
    StringBuilder result = new StringBuilder();
    char quote = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        result.append(c).append(text.charAt(at + 1));
        at += 2;
        continue;
      }
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      if (c != '$' || quote == '\'' || at + 1 == text.length() || !opens(text.charAt(at + 1))) {
        result.append(c);
        at++;
        continue;
      }
      int end = closing(text, at + 1);
      if (end < 0) {
        throw new ImportException(
            place, "a macro that begins with '" + text.substring(at, at + 2) + "' is not closed");
      }
      result.append(value(text.substring(at + 2, end), place, depth + 1));
      at = end + 1;
    }
    return result.toString();
  }

  private String value(String reference, Place place, int depth) throws ImportException {
    String[] parts = split(reference).toArray(new String[0]);
    int equals = parts[0].indexOf('=');
    String name =
        expand(equals < 0 ? parts[0] : parts[0].substring(0, equals), place, depth).strip();
    Macros scope = this;
    for (int i = 1; i < parts.length; i++) {
      int sign = parts[i].indexOf('=');
      if (sign > 0) {
        scope =
            scope.with(
                Map.of(
                    parts[i].substring(0, sign).strip(),
                    expand(parts[i].substring(sign + 1), place, depth)));
      }
    }
    String value = values.get(name);
    if (value != null) {
      return scope.expand(value, place, depth);
    }
    if (equals >= 0) {
      return scope.expand(unquoted(parts[0].substring(equals + 1)), place, depth);
    }
    throw new ImportException(
        place, "macro $(" + name + ") has no value; give one with --macros " + name + "=...");
  }

  private static boolean opens(char c) {
    return c == '(' || c == '{';
  }

  /** Where the bracket at {@code open} closes, or -1. */
  private static int closing(String text, int open) {
    char opening = text.charAt(open);
    char closing = opening == '(' ? ')' : '}';
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == opening) {
        depth++;
      } else if (c == closing && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Where a comment begins, or the line's length. */
  private static int endOfCode(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '#' && !quoted) {
        return i;
      }
    }
    return line.length();
  }

  /** Parts between commas that stand outside of brackets and quotes. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '{') {
        depth++;
      } else if (c == ')' || c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String unquoted(String text) {
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
