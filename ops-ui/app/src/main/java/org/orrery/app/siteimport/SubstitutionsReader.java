package org.orrery.app.siteimport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads substitutions files: {@code file NAME { {A=1,B=2} ... }}, {@code pattern {A,B} {1,2} ...}
 * and {@code global {A=1}}; each row loads the template once more. Stateless.
 */
final class SubstitutionsReader {
  private SubstitutionsReader() {}

  /** Loads every template of the file into the reader, with the given macros beneath its own. */
  static void read(Path file, Macros macros, SiteFiles files, DbReader into)
      throws ImportException {
    String name = file.getFileName().toString();
    DbLexer lexer = new DbLexer(files.read(file), name, true);
    Map<String, String> global = new LinkedHashMap<>();
    while (true) {
      DbLexer.Token token = lexer.next();
      if (token.kind() == DbLexer.Kind.END) {
        return;
      }
      switch (token.text()) {
        case "global" -> global.putAll(pairs(lexer));
        case "file" -> {
          String template = macros.with(global).expand(lexer.name("a template"), token.place());
          Path found = files.find(template, file, token.place());
          lexer.expect("{");
          while (!lexer.peek().is("}")) {
            for (Row row : rows(lexer, global)) {
              into.read(found, macros.with(expanded(row, macros)));
            }
          }
          lexer.expect("}");
        }
        default ->
            throw new ImportException(
                token.place(),
                "expected 'file' or 'global', found " + token.shown() + "; correct the line");
      }
    }
  }

  private record Row(Map<String, String> values, Place place) {}

  private static Map<String, String> expanded(Row row, Macros macros) throws ImportException {
    Map<String, String> result = new LinkedHashMap<>();
    for (Map.Entry<String, String> value : row.values().entrySet()) {
      result.put(value.getKey(), macros.expand(value.getValue(), row.place()));
    }
    return result;
  }

  /** The next row, or all rows of the next pattern. */
  private static List<Row> rows(DbLexer lexer, Map<String, String> global) throws ImportException {
    DbLexer.Token token = lexer.peek();
    if (token.is("{")) {
      Map<String, String> values = new LinkedHashMap<>(global);
      values.putAll(pairs(lexer));
      return List.of(new Row(values, token.place()));
    }
    lexer.next();
    if (token.text().equals("global")) {
      global.putAll(pairs(lexer));
      return List.of();
    }
    if (!token.text().equals("pattern")) {
      throw new ImportException(
          token.place(),
          "expected 'pattern', 'global' or '{', found " + token.shown() + "; correct the line");
    }
    List<String> names = words(lexer);
    List<Row> rows = new ArrayList<>();
    while (lexer.peek().is("{") || lexer.peek().text().equals("global")) {
      if (!lexer.peek().is("{")) {
        lexer.next();
        global.putAll(pairs(lexer));
        continue;
      }
      Place place = lexer.peek().place();
      List<String> given = words(lexer);
      if (given.size() > names.size()) {
        throw new ImportException(
            place,
            "%d values for the %d names of the pattern %s; give one for each"
                .formatted(given.size(), names.size(), names));
      }
      Map<String, String> values = new LinkedHashMap<>(global);
      for (int i = 0; i < given.size(); i++) {
        values.put(names.get(i), given.get(i));
      }
      rows.add(new Row(values, place));
    }
    return rows;
  }

  private static Map<String, String> pairs(DbLexer lexer) throws ImportException {
    Map<String, String> pairs = new LinkedHashMap<>();
    lexer.expect("{");
    while (!lexer.peek().is("}")) {
      if (lexer.peek().is(",")) {
        lexer.next();
        continue;
      }
      String name = lexer.name("a macro's name");
      lexer.expect("=");
      DbLexer.Token value = lexer.peek();
      boolean empty = value.is(",") || value.is("}");
      pairs.put(name, empty ? "" : lexer.name("a value"));
    }
    lexer.expect("}");
    return pairs;
  }

  private static List<String> words(DbLexer lexer) throws ImportException {
    List<String> words = new ArrayList<>();
    lexer.expect("{");
    while (!lexer.peek().is("}")) {
      if (lexer.peek().is(",")) {
        lexer.next();
        continue;
      }
      words.add(lexer.name("a value"));
    }
    lexer.expect("}");
    return words;
  }
}
