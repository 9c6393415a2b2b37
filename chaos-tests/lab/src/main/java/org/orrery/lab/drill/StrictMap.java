package org.orrery.lab.drill;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.contract.facility.ChannelId;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a drill's file, read strictly: a key given twice, a key that nobody asks for and a
 * value of the wrong kind are problems, and all are collected. Call {@link #finish()} after
 * reading. Not thread-safe.
 */
final class StrictMap {
  private static final Map<String, Double> UNITS_NS = Map.of("s", 1e9, "min", 60e9, "h", 3600e9);

  private final String file;
  private final List<String> problems;
  private final int line;
  private final Map<String, Node> entries = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  private StrictMap(String file, Node node, List<String> problems) {
    this.file = file;
    this.problems = problems;
    this.line = lineOf(node);
    if (!(node instanceof MappingNode mapping)) {
      problem(line, "must be a mapping of keys to values");
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problem(lineOf(tuple.getKeyNode()), "a key must be a plain word");
      } else {
        if (entries.put(key.getValue(), tuple.getValueNode()) != null) {
          problem(lineOf(key), "key '" + key.getValue() + "' is given twice; keep one of them");
        }
        lines.put(key.getValue(), lineOf(key));
      }
    }
  }

  /**
   * Reads a text.
   *
   * @param file the file name for messages
   * @param problems where problems are added
   * @throws DrillFileException if it is no YAML at all
   */
  static StrictMap of(String file, String yaml, List<String> problems) throws DrillFileException {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(file).setUseMarks(true).build();
      Node root =
          new Compose(settings)
              .composeString(yaml)
              .orElseThrow(() -> new DrillFileException(List.of(file + ":1: the file is empty")));
      return new StrictMap(file, root, problems);
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new DrillFileException(
          List.of(file + ":" + line + ": not valid YAML: " + e.getProblem()));
    } catch (YamlEngineException e) { // a character that YAML does not know, or a text too long
      throw new DrillFileException(List.of(file + ":1: not valid YAML: " + e.getMessage()));
    }
  }

  private static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  boolean has(String key) {
    asked.add(key);
    return entries.containsKey(key);
  }

  Optional<String> text(String key) {
    asked.add(key);
    Node node = entries.get(key);
    if (node instanceof ScalarNode scalar) {
      return Optional.of(scalar.getValue().strip());
    }
    if (node != null) {
      problem(key, "'" + key + "' must be a single value");
    }
    return Optional.empty();
  }

  String required(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty() && !has(key)) {
      problem(line, "'" + key + "' is missing; add it");
    }
    return text.orElse("");
  }

  boolean flag(String key) {
    String text = text(key).orElse("false");
    if (!text.equals("true") && !text.equals("false")) {
      problem(key, "'" + key + "' must be true or false, got '" + text + "'");
    }
    return text.equals("true");
  }

  OptionalDouble number(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    double value = parsed(text.get());
    if (Double.isNaN(value)) {
      problem(key, "'" + key + "' must be a number, got '" + text.get() + "'");
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(value);
  }

  /** A duration such as "10 s", "30 min" or "4 h", ns. */
  OptionalLong duration(String key) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    String[] parts = text.get().split(" ", -1);
    double value = parts.length == 2 ? parsed(parts[0]) : Double.NaN;
    Double unit = parts.length == 2 ? UNITS_NS.get(parts[1]) : null;
    if (unit == null || !(value >= 0)) {
      problem(
          key,
          "'%s' must be a duration such as 10 s, 30 min or 4 h, got '%s'"
              .formatted(key, text.get()));
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.round(value * unit));
  }

  long requiredDuration(String key) {
    if (!has(key)) {
      problem(line, "'" + key + "' is missing; add it");
    }
    return duration(key).orElse(0);
  }

  Optional<ChannelId> channel(String key) {
    String text = required(key);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(new ChannelId(text));
    } catch (IllegalArgumentException e) {
      problem(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Node item : items(key)) {
      if (item instanceof ScalarNode scalar) {
        texts.add(scalar.getValue().strip());
      } else {
        problem(lineOf(item), "every item of '" + key + "' must be a single value");
      }
    }
    return texts;
  }

  List<StrictMap> maps(String key) {
    return items(key).stream().map(item -> new StrictMap(file, item, problems)).toList();
  }

  Optional<StrictMap> map(String key) {
    asked.add(key);
    return Optional.ofNullable(entries.get(key)).map(node -> new StrictMap(file, node, problems));
  }

  /** A mapping that must be there; an empty one where it is not. */
  StrictMap requiredMap(String key) {
    Optional<StrictMap> map = map(key);
    if (map.isEmpty()) {
      problem(line, "'" + key + "' is missing; add it");
    }
    return map.orElseGet(() -> new StrictMap(this));
  }

  private StrictMap(StrictMap outer) {
    this.file = outer.file;
    this.problems = new ArrayList<>();
    this.line = outer.line;
  }

  /** Reports every key that nobody asked for. */
  void finish() {
    lines.forEach(
        (key, at) -> {
          if (!asked.contains(key)) {
            problem(
                at, "unknown key '" + key + "'; known here: " + asked.stream().sorted().toList());
          }
        });
  }

  void problem(String key, String message) {
    problem(lines.getOrDefault(key, line), message);
  }

  private void problem(int at, String message) {
    problems.add(file + ":" + at + ": " + message);
  }

  private List<Node> items(String key) {
    asked.add(key);
    Node node = entries.get(key);
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    if (node != null) {
      problem(key, "'" + key + "' must be a list");
    }
    return List.of();
  }

  private static double parsed(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
