package org.orrery.simulator.plan;

import static org.orrery.simulator.plan.RecordTree.below;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** The keys of one mapping: each is asked for once, the others are refused. Not thread-safe. */
final class Keys {
  private final int line;
  private final String path;
  private final boolean mapping;
  private final List<Problem> problems;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<String> asked = new TreeSet<>();

  private Keys(Node node, String path, List<Problem> problems) {
    this.line = lineOf(node);
    this.path = path;
    this.problems = problems;
    this.mapping = node instanceof MappingNode;
  }

  static Keys of(Node node, String path, List<Problem> problems) {
    Keys keys = new Keys(node, path, problems);
    if (!(node instanceof MappingNode map)) {
      keys.add(keys.line, path, "it must be a mapping of keys to values", "write 'key: value'");
      return keys;
    }
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        keys.add(lineOf(tuple.getKeyNode()), path, "a key must be a word", "write a word");
      } else if (keys.nodes.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        keys.add(
            lineOf(key), below(path, key.getValue()), "the key is there twice", "keep one of them");
      }
    }
    return keys;
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  boolean has(String key) {
    return nodes.containsKey(key);
  }

  Set<String> names() {
    return nodes.keySet();
  }

  /** The node of a key, or null with a problem noted. */
  @Nullable Node required(String key) {
    asked.add(key);
    Node node = nodes.get(key);
    if (node == null && mapping) {
      add(line, below(path, key), "the key is missing", "add it");
    }
    return node;
  }

  /** Notes every key that nobody asked for. */
  void refuseOthers() {
    nodes.forEach(
        (key, node) -> {
          if (!asked.contains(key)) {
            add(
                lineOf(node),
                below(path, key),
                "the key is unknown",
                "remove it, or correct it to one of " + asked);
          }
        });
  }

  private void add(int at, String key, String rule, String remedy) {
    problems.add(new Problem(at, key, rule, remedy));
  }
}
