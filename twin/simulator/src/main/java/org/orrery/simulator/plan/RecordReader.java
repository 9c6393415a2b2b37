package org.orrery.simulator.plan;

import static org.orrery.simulator.plan.RecordTree.below;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads records from YAML by their shape: each component is a key, each constant of an enumeration
 * that is the key of a map must be there. What is wrong is added to the problems, and the value is
 * then null. Not thread-safe.
 */
final class RecordReader {
  private final List<Problem> problems;
  private final Map<String, Integer> sources = new LinkedHashMap<>();
  private final StringBuilder cited = new StringBuilder();

  RecordReader(List<Problem> problems) {
    this.problems = problems;
  }

  /** Learns from a mapping below the root which sources there are. */
  void sources(Node root, String key) {
    if (root instanceof MappingNode map) {
      for (NodeTuple tuple : map.getValue()) {
        boolean meant =
            tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
        if (meant && tuple.getValueNode() instanceof MappingNode named) {
          for (NodeTuple source : named.getValue()) {
            if (source.getKeyNode() instanceof ScalarNode id) {
              sources.put(id.getValue(), Keys.lineOf(id));
            }
          }
        }
      }
    }
  }

  /** Notes every source that no number names in its source or its reason. */
  void refuseSourcesThatNobodyCites() {
    String all = cited.toString();
    sources.forEach(
        (source, line) -> {
          if (!all.contains(source)) {
            problems.add(
                new Problem(
                    line, "sources." + source, "no number cites it", "cite it or remove it"));
          }
        });
  }

  <T extends Record> @Nullable T read(Class<T> type, Node node, String path) {
    Keys keys = Keys.of(node, path, problems);
    List<Object> values = new ArrayList<>();
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components) {
      Object value = component(component, keys, path);
      if (value != null) {
        values.add(value);
      }
    }
    keys.refuseOthers();
    return values.size() == components.length ? RecordTree.make(type, values) : null;
  }

  private @Nullable Object component(RecordComponent component, Keys keys, String path) {
    String key = RecordTree.key(component);
    Measured measured = component.getAnnotation(Measured.class);
    Measure measure = measured == null ? Measure.TIME : measured.value();
    if (component.getType() == Optional.class) {
      if (!keys.has(key)) {
        return Optional.empty();
      }
      Node node = keys.required(key);
      Object inside =
          node == null
              ? null
              : value(argument(component.getGenericType(), 0), measure, node, below(path, key));
      return inside == null ? null : Optional.of(inside);
    }
    Node node = keys.required(key);
    return node == null ? null : value(component.getGenericType(), measure, node, below(path, key));
  }

  private @Nullable Object value(Type type, Measure measure, Node node, String path) {
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class
          ? list(argument(generic, 0), measure, node, path)
          : map(argument(generic, 0), argument(generic, 1), measure, node, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Assumption.class) {
      return number(measure, node, path);
    }
    if (raw.isRecord()) {
      return read(raw.asSubclass(Record.class), node, path);
    }
    return scalar(raw, node, path);
  }

  private @Nullable Object scalar(Class<?> type, Node node, String path) {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      return wrong(node, path, "it must be a single value", "write it after the colon");
    }
    String text = scalar.getValue().strip();
    if (type == String.class) {
      return text;
    }
    if (type == boolean.class) {
      return text.equals("true") || text.equals("false")
          ? (Object) Boolean.valueOf(text)
          : wrong(node, path, "it must be true or false, not " + text, "choose one");
    }
    if (type == int.class) {
      return text.matches("\\d{1,9}")
          ? (Object) Integer.valueOf(text)
          : wrong(node, path, "it must be a whole number, not " + text, "write digits only");
    }
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = RecordTree.key((Enum<?>) constant);
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    return wrong(node, path, "'" + text + "' is not known", "write one of " + names);
  }

  private @Nullable Object list(Type item, Measure measure, Node node, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      return wrong(node, path, "it must be a list", "write [] or items with dashes");
    }
    List<Object> values = new ArrayList<>();
    int index = 0;
    for (Node child : sequence.getValue()) {
      Object value = value(item, measure, child, below(path, Integer.toString(index++)));
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() == index ? values : null;
  }

  private @Nullable Object map(Type key, Type item, Measure measure, Node node, String path) {
    Keys keys = Keys.of(node, path, problems);
    Map<String, Object> wanted = new LinkedHashMap<>();
    Class<?> keyType = (Class<?>) key;
    if (keyType.isEnum()) {
      for (Object constant : keyType.getEnumConstants()) {
        wanted.put(RecordTree.key((Enum<?>) constant), constant);
      }
    } else {
      keys.names().forEach(name -> wanted.put(name, name));
    }
    Map<Object, Object> values = new LinkedHashMap<>();
    wanted.forEach(
        (name, constant) -> {
          Node child = keys.required(name);
          Object value = child == null ? null : value(item, measure, child, below(path, name));
          if (value != null) {
            values.put(constant, value);
          }
        });
    keys.refuseOthers();
    return values.size() == wanted.size() ? values : null;
  }

  private @Nullable Assumption number(Measure measure, Node node, String path) {
    int before = problems.size();
    Keys keys = Keys.of(node, path, problems);
    double low = real(keys, "low", path);
    double nominal = real(keys, "nominal", path);
    double high = real(keys, "high", path);
    String unit = text(keys, "unit", path);
    String source = text(keys, "source", path);
    String why = text(keys, "why", path);
    keys.refuseOthers();
    cited.append(source).append(' ').append(why).append('\n');
    if (!source.isEmpty() && !source.equals(Assumption.GUESS) && !sources.containsKey(source)) {
      wrong(
          node,
          path,
          "source '" + source + "' is not defined",
          "add it under sources, or write guess and the reason");
    }
    if (problems.size() > before) {
      return null;
    }
    if (!(low <= nominal && nominal <= high)) {
      wrong(node, path, "low <= nominal <= high does not hold", "put them in order");
    }
    if (low < 0.0 || high > measure.most()) {
      wrong(node, path, "it must lie within 0 and " + measure.most(), "correct low or high");
    }
    if (!measure.units().contains(unit)) {
      wrong(node, path, "unit " + unit + " does not fit", "use one of " + measure.units());
    }
    return problems.size() > before
        ? null
        : new Assumption(new Range(low, nominal, high), unit, source, why);
  }

  private double real(Keys keys, String key, String path) {
    Node node = keys.required(key);
    String text = node == null ? "" : text(node, below(path, key));
    if (text.isEmpty()) {
      return Double.NaN;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, as for an infinite number.
    }
    wrong(node, below(path, key), text + " is not a number", "write a finite decimal number");
    return Double.NaN;
  }

  private String text(Keys keys, String key, String path) {
    Node node = keys.required(key);
    return node == null ? "" : text(node, below(path, key));
  }

  private String text(Node node, String path) {
    return scalar(String.class, node, path) instanceof String text ? text : "";
  }

  private @Nullable Object wrong(@Nullable Node node, String path, String rule, String remedy) {
    problems.add(new Problem(node == null ? 0 : Keys.lineOf(node), path, rule, remedy));
    return null;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
