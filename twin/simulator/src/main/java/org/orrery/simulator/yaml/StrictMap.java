package org.orrery.simulator.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * One mapping of a YAML text, read strictly: a key given twice, a key that nobody asks for and a
 * value of the wrong kind are problems, and reading goes on so that all of them are told at once.
 * Call {@link #finish()} on the outermost one when all is read. Not thread-safe.
 */
public final class StrictMap {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final Pattern DURATION = Pattern.compile("([0-9.eE+-]+)\\s*(s|min|h|d)");

  private final String place;
  private final List<String> problems;
  private final Map<String, Object> entries = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final List<StrictMap> inner = new ArrayList<>();

  private StrictMap(String place, List<String> problems, @Nullable Object value) {
    this.place = place;
    this.problems = problems;
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> entries.put(String.valueOf(key), each));
    } else {
      problems.add(nameOf(place) + " must be a mapping of keys to values");
    }
  }

  /**
   * Reads a text.
   *
   * @throws BadYamlException if it is no YAML or gives a key twice
   */
  public static StrictMap of(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new BadYamlException(List.of("the text is longer than a million characters"));
    }
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setAllowDuplicateKeys(false)
              .setMaxAliasesForCollections(10)
              .build();
      return new StrictMap("", new ArrayList<>(), new Load(settings).loadFromString(text));
    } catch (YamlEngineException e) {
      throw new BadYamlException(List.of("not readable as YAML: " + e.getMessage()));
    }
  }

  private static String nameOf(String place) {
    return place.isEmpty() ? "the file" : "'" + place + "'";
  }

  private String at(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  /** Adds a problem with a key. */
  public void problem(String key, String what) {
    problems.add("'" + at(key) + "' " + what);
  }

  /** Returns whether the key was given. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Returns the keys that were given, in their order. */
  public Set<String> keys() {
    return Set.copyOf(entries.keySet());
  }

  private @Nullable Object take(String key) {
    asked.add(key);
    return entries.get(key);
  }

  /** A text that must be there. */
  public String text(String key) {
    return textIfAny(key)
        .orElseGet(
            () -> {
              if (!has(key)) {
                problem(key, "is missing");
              }
              return "";
            });
  }

  /** A text that may be there. */
  public Optional<String> textIfAny(String key) {
    Object value = take(key);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      problem(key, "must be a text");
      return Optional.empty();
    }
    return Optional.of(String.valueOf(value));
  }

  /** One of some words, in lower case. */
  public String choice(String key, String... allowed) {
    String word = text(key).toLowerCase(Locale.ROOT);
    if (has(key) && !Arrays.asList(allowed).contains(word)) {
      problem(key, "must be one of " + String.join(", ", allowed) + ", not '" + word + "'");
    }
    return word;
  }

  /** A finite number that must be there. */
  public double number(String key) {
    if (!has(key)) {
      asked.add(key);
      problem(key, "is missing; give a number");
      return 0.0;
    }
    Object value = take(key);
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    problem(key, "must be a number, not '" + value + "'");
    return 0.0;
  }

  /**
   * A time that must be there, in seconds: {@code 90 s}, {@code 10 min}, {@code 2 h}, {@code 1 d}.
   */
  public double seconds(String key) {
    String text = text(key);
    if (text.isEmpty()) {
      return 0.0;
    }
    Matcher matcher = DURATION.matcher(text);
    try {
      if (matcher.matches()) {
        double amount = Double.parseDouble(matcher.group(1));
        double unit =
            switch (matcher.group(2)) {
              case "s" -> 1.0;
              case "min" -> 60.0;
              case "h" -> 3_600.0;
              default -> 86_400.0;
            };
        if (amount >= 0.0 && Double.isFinite(amount)) {
          return amount * unit;
        }
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    problem(key, "must be a time such as '90 s', '10 min', '2 h' or '1 d', not '" + text + "'");
    return 0.0;
  }

  /** Yes or no; no where it is not given. */
  public boolean flag(String key) {
    Object value = take(key);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    problem(key, "must be true or false, not '" + value + "'");
    return false;
  }

  /** A list of texts; empty where it is not given. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object each : list(key)) {
      if (each instanceof Map<?, ?> || each instanceof List<?> || each == null) {
        problem(key, "must be a list of texts");
      } else {
        texts.add(String.valueOf(each));
      }
    }
    return texts;
  }

  /** A mapping that must be there. */
  public StrictMap map(String key) {
    Object value = take(key);
    if (value == null) {
      problem(key, "is missing");
      return new StrictMap(at(key), new ArrayList<>(), Map.of());
    }
    return inner(at(key), value);
  }

  /** A list of mappings; empty where it is not given. */
  public List<StrictMap> maps(String key) {
    List<StrictMap> maps = new ArrayList<>();
    List<?> values = list(key);
    for (int i = 0; i < values.size(); i++) {
      maps.add(inner(at(key) + "[" + (i + 1) + "]", values.get(i)));
    }
    return maps;
  }

  private StrictMap inner(String where, @Nullable Object value) {
    StrictMap map = new StrictMap(where, problems, value);
    inner.add(map);
    return map;
  }

  private List<?> list(String key) {
    Object value = take(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    problem(key, "must be a list");
    return List.of();
  }

  /** A list of pairs of numbers; empty where it is not given. */
  public List<double[]> pairs(String key) {
    List<double[]> pairs = new ArrayList<>();
    for (Object each : list(key)) {
      if (each instanceof List<?> pair
          && pair.size() == 2
          && pair.get(0) instanceof Number first
          && pair.get(1) instanceof Number second) {
        pairs.add(new double[] {first.doubleValue(), second.doubleValue()});
      } else {
        problem(key, "must be a list of pairs of numbers, such as [[0, 0], [60, 1]]");
      }
    }
    return pairs;
  }

  /**
   * Ends the reading.
   *
   * @throws BadYamlException if anything was wrong, with all of it
   */
  public void finish() {
    unasked();
    if (!problems.isEmpty()) {
      throw new BadYamlException(problems);
    }
  }

  private void unasked() {
    for (String key : entries.keySet()) {
      if (!asked.contains(key)) {
        List<String> known = asked.stream().sorted().toList();
        problem(key, "is not known here; known: " + String.join(", ", known));
      }
    }
    inner.forEach(StrictMap::unasked);
  }
}
