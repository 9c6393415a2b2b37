package org.orrery.bus.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Comma-separated values by RFC 4180, UTF-8. Stateless. */
public final class Csv {
  private Csv() {}

  /** One record, with the line break at its end. */
  public static String line(List<String> fields) {
    StringBuilder line = new StringBuilder(128);
    for (int i = 0; i < fields.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      quote(fields.get(i), line);
    }
    return line.append('\n').toString();
  }

  private static void quote(String field, StringBuilder line) {
    boolean plain = true;
    for (int i = 0; i < field.length() && plain; i++) {
      char c = field.charAt(i);
      plain = c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    if (plain) {
      line.append(field);
    } else {
      line.append('"').append(field.replace("\"", "\"\"")).append('"');
    }
  }

  /**
   * Reads records from text that comes in pieces, which may end anywhere. Holds the unfinished
   * record only. Not thread-safe.
   */
  public static final class Reader {
    private final StringBuilder field = new StringBuilder();
    private List<String> fields = new ArrayList<>();
    private boolean quoted;
    private boolean quoteSeen;
    private boolean started;
    private boolean afterReturn;

    /** A reader at the beginning of a text. */
    public Reader() {}

    /** The records that the next piece completes; empty lines are none. */
    public List<List<String>> read(CharSequence piece) {
      List<List<String>> records = new ArrayList<>();
      for (int i = 0; i < piece.length(); i++) {
        take(piece.charAt(i)).ifPresent(records::add);
      }
      return records;
    }

    /** The last record, where the text ended without a line break. */
    public Optional<List<String>> end() {
      return endOfRecord();
    }

    private Optional<List<String>> take(char c) {
      boolean secondOfBreak = afterReturn && c == '\n';
      afterReturn = false;
      if (secondOfBreak) {
        return Optional.empty();
      }
      if (quoted && !quoteSeen) {
        if (c == '"') {
          quoteSeen = true;
        } else {
          field.append(c);
        }
        return Optional.empty();
      }
      if (quoteSeen && c == '"') {
        field.append('"');
        quoteSeen = false;
        return Optional.empty();
      }
      if (quoteSeen) {
        quoted = false;
        quoteSeen = false;
      }
      switch (c) {
        case ',' -> endOfField();
        case '\r' -> {
          afterReturn = true;
          return endOfRecord();
        }
        case '\n' -> {
          return endOfRecord();
        }
        case '"' -> {
          if (field.isEmpty()) {
            quoted = true;
            started = true;
          } else {
            field.append(c);
          }
        }
        default -> {
          field.append(c);
          started = true;
        }
      }
      return Optional.empty();
    }

    private void endOfField() {
      fields.add(field.toString());
      field.setLength(0);
      quoted = false;
      quoteSeen = false;
      started = true;
    }

    private Optional<List<String>> endOfRecord() {
      if (!started) {
        return Optional.empty();
      }
      endOfField();
      started = false;
      List<String> record = fields;
      fields = new ArrayList<>();
      return Optional.of(record);
    }
  }
}
