package org.orrery.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Repeats an entry of a list for each value of its {@code for} variable. */
final class Expansion {
  private static final Pattern RANGE = Pattern.compile("(\\d+)\\.\\.(\\d+)");
  private static final Pattern FORMAT = Pattern.compile("%0\\d+d");
  private static final int MOST = 200_000;

  private Expansion() {}

  static List<YamlMap> expand(YamlMap template) {
    if (!template.has("for")) {
      return List.of(template);
    }
    YamlMap loop = template.map("for").orElseThrow();
    String format = loop.text("format").orElse("%d");
    if (!format.equals("%d") && !FORMAT.matcher(format).matches()) {
      loop.problem("format", "'format' must look like \"%02d\", got '" + format + "'");
      return List.of();
    }
    List<String> names = loop.keys().stream().filter(k -> !k.equals("format")).toList();
    if (names.size() != 1) {
      template.problem("for", "'for' must name exactly one variable, as in {n: 1..40}");
      return List.of();
    }
    String name = names.getFirst();
    List<YamlMap> entries = new ArrayList<>();
    for (String value : values(loop, name, format)) {
      YamlMap entry = template.with(Map.of(name, value));
      entry.node("for");
      entries.add(entry);
    }
    return entries;
  }

  private static List<String> values(YamlMap loop, String name, String format) {
    Node node = loop.node(name).orElseThrow();
    if (!(node instanceof ScalarNode scalar)) {
      return loop.texts(name);
    }
    Matcher range = RANGE.matcher(scalar.getValue());
    if (!range.matches()) {
      loop.problem(name, "'" + name + "' must be a range such as 1..40 or a list such as [a, b]");
      return List.of();
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (last < first || last - first >= MOST) {
      loop.problem(name, "range " + scalar.getValue() + " must ascend and hold at most " + MOST);
      return List.of();
    }
    List<String> values = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      values.add(String.format(Locale.ROOT, format, i));
    }
    return values;
  }
}
