package org.orrery.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a YAML file, read strictly: a key given twice, a key that nobody asks for and a
 * value of the wrong kind are problems. Call {@link #finish()} after reading. Variables in braces
 * are replaced in every text. Not thread-safe.
 */
final class YamlMap {
  private final Problems problems;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<String, String> variables;
  private final int line;

  private YamlMap(Problems problems, int line, Map<String, String> variables) {
    this.problems = problems;
    this.line = line;
    this.variables = variables;
  }

  static YamlMap of(Node node, Problems problems, Map<String, String> variables) {
    YamlMap map = new YamlMap(problems, lineOf(node), variables);
    if (!(node instanceof MappingNode mapping)) {
      problems.add(lineOf(node), "must be a mapping of keys to values");
      return map;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(lineOf(tuple.getKeyNode()), "a key must be a plain word");
        continue;
      }
      if (map.entries.put(key.getValue(), tuple.getValueNode()) != null) {
        problems.add(lineOf(key), "key '" + key.getValue() + "' is given twice; keep one of them");
      }
      map.lines.put(key.getValue(), lineOf(key));
    }
    return map;
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  int line() {
    return line;
  }

  int line(String key) {
    return lines.getOrDefault(key, line);
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  Set<String> keys() {
    return entries.keySet();
  }

  /** The same mapping with variables. */
  YamlMap with(Map<String, String> values) {
    YamlMap map = new YamlMap(problems, line, values);
    map.entries.putAll(entries);
    map.lines.putAll(lines);
    return map;
  }

  Optional<String> text(String key) {
    return node(key)
        .flatMap(
            node -> {
              if (node instanceof ScalarNode scalar) {
                return Optional.of(substitute(scalar.getValue()));
              }
              problems.add(lineOf(node), "'" + key + "' must be a single value");
              return Optional.empty();
            });
  }

  String requiredText(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty() && !has(key)) {
      problems.add(line, "'" + key + "' is missing; add it");
    }
    return text.orElse("");
  }

  OptionalDouble number(String key) {
    return text(key)
        .map(text -> parse(key, text))
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  boolean flag(String key) {
    Optional<String> text = text(key);
    if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
      problems.add(line(key), "'" + key + "' must be true or false, got '" + text.get() + "'");
    }
    return text.map("true"::equals).orElse(false);
  }

  /** A duration in ns such as "300 ms", "10 s", "30 min" or "4 h"; 0 where absent. */
  long durationNs(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.get().trim().split("\\s+", -1);
    double unit =
        parts.length != 2
            ? Double.NaN
            : switch (parts[1]) {
              case "ns" -> 1;
              case "us" -> 1e3;
              case "ms" -> 1e6;
              case "s" -> 1e9;
              case "min" -> 60e9;
              case "h" -> 3600e9;
              case "d" -> 86400e9;
              default -> Double.NaN;
            };
    double value = parts.length == 2 ? parse(key, parts[0]) : Double.NaN;
    if (Double.isNaN(unit) || !(value >= 0)) {
      problems.add(
          line(key),
          "'"
              + key
              + "' must be a duration such as 300 ms, 10 s, 30 min or 4 h, got '"
              + text.get()
              + "'");
      return 0;
    }
    return Math.round(value * unit);
  }

  /** One of an enumeration's names, written in lower case with '-'. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    return text(key)
        .flatMap(
            text -> {
              for (E constant : type.getEnumConstants()) {
                if (spelling(constant).equals(text)) {
                  return Optional.of(constant);
                }
              }
              List<String> names = new ArrayList<>();
              for (E constant : type.getEnumConstants()) {
                names.add(spelling(constant));
              }
              problems.add(
                  line(key), "'" + key + "' must be one of " + names + ", got '" + text + "'");
              return Optional.empty();
            });
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof ScalarNode scalar) {
        texts.add(substitute(scalar.getValue()));
      } else {
        problems.add(lineOf(item), "every item of '" + key + "' must be a single value");
      }
    }
    return texts;
  }

  List<YamlMap> maps(String key) {
    return items(key).stream().map(item -> of(item, problems, variables)).toList();
  }

  Optional<YamlMap> map(String key) {
    return node(key).map(node -> of(node, problems, variables));
  }

  /** Reads each value of a nested mapping as a mapping. */
  <T> Map<String, T> mapOfMaps(String key, BiFunction<String, YamlMap, T> reader) {
    Map<String, T> result = new LinkedHashMap<>();
    map(key)
        .ifPresent(
            outer -> {
              for (String name : outer.keys()) {
                outer.map(name).ifPresent(inner -> result.put(name, reader.apply(name, inner)));
              }
            });
    return result;
  }

  /** The node itself, for the few values that come in more than one shape. */
  Optional<Node> node(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key));
  }

  /** Reports every key that nobody asked for. */
  void finish() {
    for (Map.Entry<String, Integer> entry : lines.entrySet()) {
      if (!asked.contains(entry.getKey())) {
        problems.add(
            entry.getValue(),
            "unknown key '"
                + entry.getKey()
                + "'; known here: "
                + asked.stream().sorted().toList());
      }
    }
  }

  void problem(String key, @Nullable String message) {
    problems.add(line(key), String.valueOf(message));
  }

  private List<Node> items(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return List.of();
    }
    if (node.get() instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(lineOf(node.get()), "'" + key + "' must be a list");
    return List.of();
  }

  private double parse(String key, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      problems.add(line(key), "'" + key + "' must be a number, got '" + text + "'");
      return Double.NaN;
    }
  }

  private String substitute(String text) {
    String result = text;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      result =
          result
              .replace("{" + name + "}", variable.getValue())
              .replace(
                  "{" + name.toUpperCase(Locale.ROOT) + "}",
                  variable.getValue().toUpperCase(Locale.ROOT));
    }
    return result;
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
