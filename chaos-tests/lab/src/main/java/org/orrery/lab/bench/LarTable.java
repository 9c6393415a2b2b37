package org.orrery.lab.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of reference values of liquid argon, as read from CSV. Stateless. */
final class LarTable {
  private static final List<String> NEEDED =
      List.of("id", "quantity", "model", "inputs", "expected", "rtol");

  private LarTable() {}

  /**
   * One value to reproduce.
   *
   * @param id the row's name
   * @param quantity what it is
   * @param model the published formula
   * @param inputs inputs by name, with the unit in the name
   * @param expected the value
   * @param rtol how far off the same formula may be, relative
   */
  record Row(
      String id,
      String quantity,
      String model,
      Map<String, Double> inputs,
      double expected,
      double rtol) {}

  /**
   * Reads the table.
   *
   * @throws BadInputException with every problem, by line
   */
  static List<Row> parse(List<String> lines) throws BadInputException {
    List<String> problems = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    Map<String, Integer> columns = lines.isEmpty() ? Map.of() : columns(lines.getFirst(), problems);
    if (lines.isEmpty()) {
      problems.add("the table is empty");
    }
    if (problems.isEmpty()) {
      for (int i = 1; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          row(i + 1, cells(lines.get(i)), columns, rows, problems);
        }
      }
      if (rows.isEmpty() && problems.isEmpty()) {
        problems.add("the table has no rows");
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return rows;
  }

  private static Map<String, Integer> columns(String header, List<String> problems) {
    Map<String, Integer> columns = new HashMap<>();
    List<String> names = cells(header);
    for (int i = 0; i < names.size(); i++) {
      if (columns.put(names.get(i).strip(), i) != null) {
        problems.add("line 1: column " + names.get(i) + " stands there twice");
      }
    }
    NEEDED.stream()
        .filter(name -> !columns.containsKey(name))
        .forEach(name -> problems.add("line 1: column " + name + " is missing"));
    return columns;
  }

  private static void row(
      int line,
      List<String> cells,
      Map<String, Integer> columns,
      List<Row> rows,
      List<String> problems) {
    if (cells.size() != columns.size()) {
      problems.add(
          "line %d: %d cells under %d columns".formatted(line, cells.size(), columns.size()));
      return;
    }
    Map<String, String> texts = new HashMap<>();
    columns.forEach((name, index) -> texts.put(name, cells.get(index).strip()));
    try {
      rows.add(
          new Row(
              texts.getOrDefault("id", ""),
              texts.getOrDefault("quantity", ""),
              texts.getOrDefault("model", ""),
              inputs(texts.getOrDefault("inputs", "")),
              number(texts.getOrDefault("expected", "")),
              tolerance(number(texts.getOrDefault("rtol", "")))));
    } catch (IllegalArgumentException e) {
      problems.add("line %d: %s".formatted(line, e.getMessage()));
    }
  }

  private static Map<String, Double> inputs(String text) {
    Map<String, Double> inputs = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return inputs;
    }
    for (String pair : text.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException("an input is name=value, got '" + pair + "'");
      }
      inputs.put(pair.substring(0, equals).strip(), number(pair.substring(equals + 1)));
    }
    return inputs;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
  }

  private static double tolerance(double rtol) {
    if (!(rtol >= 0)) {
      throw new IllegalArgumentException("rtol must not be negative, got " + rtol);
    }
    return rtol;
  }

  /** Splits at commas outside quotes; a quote inside quotes is doubled. */
  static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (doubled) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
