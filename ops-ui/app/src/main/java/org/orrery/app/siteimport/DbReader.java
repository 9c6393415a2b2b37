package org.orrery.app.siteimport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads records out of EPICS databases: {@code record}, {@code grecord}, {@code field}, {@code
 * info}, {@code alias}, {@code include}, {@code path}, {@code addpath}, with macros, comments and
 * JSON links. A record that is defined again adds to what was there. Not thread-safe.
 */
final class DbReader {
  private static final int DEEPEST_INCLUDE = 16;

  private final SiteFiles files;
  private final Map<String, EpicsRecord> records = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Set<String> notes = new LinkedHashSet<>();

  DbReader(SiteFiles files) {
    this.files = files;
  }

  /** Every record in the order of its first definition. */
  List<EpicsRecord> records() {
    return List.copyOf(records.values());
  }

  /** Other names of records: alias to name. */
  Map<String, String> aliases() {
    return Map.copyOf(aliases);
  }

  /** What was passed over, and why. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Reads one database with macros. */
  void read(Path file, Macros macros) throws ImportException {
    read(file, macros, 0);
  }

  private void read(Path file, Macros macros, int depth) throws ImportException {
    String name = file.getFileName().toString();
    if (depth > DEEPEST_INCLUDE) {
      throw new ImportException(new Place(name, 1), "files include each other; break the circle");
    }
    DbLexer lexer = new DbLexer(macros.expand(files.read(file), name), name, false);
    Macros known = macros;
    while (true) {
      DbLexer.Token token = lexer.next();
      if (token.kind() == DbLexer.Kind.END) {
        return;
      }
      switch (token.text()) {
        case "record", "grecord" -> record(lexer, token.place());
        case "alias" -> alias(lexer);
        case "include" ->
            read(files.find(lexer.name("a file"), file, token.place()), known, depth + 1);
        case "substitute" -> known = known.with(Macros.parse(lexer.name("macros"), token.place()));
        case "path", "addpath" -> {
          lexer.name("folders");
          notes.add(token.place() + ": '" + token.text() + "' is not followed; use --path");
        }
        case "menu",
            "recordtype",
            "breaktable",
            "device",
            "driver",
            "registrar",
            "variable",
            "function",
            "link" -> {
          skip(lexer);
          notes.add(token.place() + ": '" + token.text() + "' describes no record; passed over");
        }
        default ->
            throw new ImportException(
                token.place(),
                "expected record, grecord, alias or include, found "
                    + token.shown()
                    + "; correct the line");
      }
    }
  }

  private void record(DbLexer lexer, Place place) throws ImportException {
    lexer.expect("(");
    String type = lexer.name("a record type");
    lexer.expect(",");
    String name = lexer.name("a record name");
    lexer.expect(")");
    if (name.isBlank()) {
      throw new ImportException(place, "a record has no name; check the macros in it");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> others = new ArrayList<>();
    if (lexer.peek().is("{")) {
      lexer.expect("{");
      while (!lexer.peek().is("}")) {
        entry(lexer, fields, others);
      }
      lexer.expect("}");
    }
    String known = aliases.getOrDefault(name, name);
    EpicsRecord before = records.get(known);
    if (before == null && type.equals("*")) {
      throw new ImportException(
          place, "record(\"*\", \"" + name + "\") adds to a record that is not there yet");
    }
    if (before != null && !type.equals("*") && !type.equals(before.type())) {
      throw new ImportException(
          place,
          "record '%s' is of type %s here and of type %s at %s; keep one of them"
              .formatted(name, type, before.type(), before.place()));
    }
    records.put(
        known, before == null ? new EpicsRecord(type, name, fields, place) : before.and(fields));
    for (String other : others) {
      name(other, known, place);
    }
  }

  private static void entry(DbLexer lexer, Map<String, String> fields, List<String> others)
      throws ImportException {
    DbLexer.Token word = lexer.next();
    switch (word.text()) {
      case "field", "info" -> {
        lexer.expect("(");
        String key = lexer.name("a name");
        lexer.expect(",");
        DbLexer.Token value = lexer.value();
        if (!value.isWordLike()) {
          throw new ImportException(
              value.place(),
              word.text() + " " + key + " has no value; write it in quotes: \"\" for none");
        }
        lexer.expect(")");
        if (word.text().equals("field")) {
          fields.put(key, value.text());
        }
      }
      case "alias" -> {
        lexer.expect("(");
        others.add(lexer.name("an alias"));
        lexer.expect(")");
      }
      default ->
          throw new ImportException(
              word.place(),
              "expected field, info, alias or '}', found " + word.shown() + "; correct the line");
    }
  }

  private void alias(DbLexer lexer) throws ImportException {
    Place place = lexer.expect("(").place();
    String name = lexer.name("a record name");
    lexer.expect(",");
    String other = lexer.name("an alias");
    lexer.expect(")");
    name(other, name, place);
  }

  private void name(String other, String record, Place place) throws ImportException {
    if (records.containsKey(other)) {
      throw new ImportException(
          place, "alias '" + other + "' is the name of a record; choose another");
    }
    aliases.put(other, record);
  }

  /** Passes over {@code ( ... )} and a body in braces. */
  private static void skip(DbLexer lexer) throws ImportException {
    int depth = 0;
    boolean began = false;
    while (!began || depth > 0 || lexer.peek().is("{")) {
      DbLexer.Token token = lexer.next();
      if (token.kind() == DbLexer.Kind.END) {
        throw new ImportException(token.place(), "brackets are not closed at the end of the file");
      }
      if (token.is("(") || token.is("{")) {
        began = true;
        depth++;
      } else if (token.is(")") || token.is("}")) {
        depth--;
      }
    }
  }
}
