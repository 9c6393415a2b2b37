package org.orrery.app.siteimport;

/**
 * Cuts an EPICS database or substitutions file into words, quoted texts and signs. Comments go from
 * {@code #} to the end of the line. Not thread-safe.
 */
final class DbLexer {
  private static final String SIGNS = "(){},=";

  private final String text;
  private final String file;
  private final boolean equalsIsASign;
  private int at;
  private int line = 1;

  /**
   * @param equalsIsASign true in substitutions, where {@code NAME=value} is three tokens
   */
  DbLexer(String text, String file, boolean equalsIsASign) {
    this.text = text;
    this.file = file;
    this.equalsIsASign = equalsIsASign;
  }

  /** What a token is. */
  enum Kind {
    WORD,
    TEXT,
    SIGN,
    END
  }

  /**
   * A token.
   *
   * @param kind what it is
   * @param text its text without quotes
   * @param place where it begins
   */
  record Token(Kind kind, String text, Place place) {
    boolean is(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWordLike() {
      return kind == Kind.WORD || kind == Kind.TEXT;
    }

    String shown() {
      return kind == Kind.END ? "the end of the file" : "'" + text + "'";
    }
  }

  Token peek() throws ImportException {
    int oldAt = at;
    int oldLine = line;
    Token token = next();
    at = oldAt;
    line = oldLine;
    return token;
  }

  Token next() throws ImportException {
    skipBlanks();
    Place place = new Place(file, line);
    if (at == text.length()) {
      return new Token(Kind.END, "", place);
    }
    char c = text.charAt(at);
    if (c == '"') {
      return new Token(Kind.TEXT, quoted(place), place);
    }
    if (isSign(c)) {
      at++;
      return new Token(Kind.SIGN, String.valueOf(c), place);
    }
    int from = at;
    while (at < text.length() && !ends(text.charAt(at))) {
      at = text.charAt(at) == '$' ? afterMacro() : at + 1;
    }
    return new Token(Kind.WORD, text.substring(from, at), place);
  }

  /** The value of a field: a word, a quoted text, or JSON as it stands. */
  Token value() throws ImportException {
    skipBlanks();
    if (at == text.length() || (text.charAt(at) != '{' && text.charAt(at) != '[')) {
      return next();
    }
    Place place = new Place(file, line);
    int from = at;
    int depth = 0;
    char quote = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
      }
      if (quote != 0) {
        at += c == '\\' ? 1 : 0;
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '#') {
        skipBlanks();
        continue;
      } else if (c == '(' || c == ')') {
        break;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && --depth == 0) {
        at++;
        return new Token(Kind.TEXT, text.substring(from, at), place);
      }
      at++;
    }
    throw new ImportException(place, "a JSON value is not closed; close its brackets");
  }

  Token expect(String sign) throws ImportException {
    Token token = next();
    if (!token.is(sign)) {
      throw new ImportException(
          token.place(), "expected '" + sign + "', found " + token.shown() + "; correct the line");
    }
    return token;
  }

  String name(String what) throws ImportException {
    Token token = next();
    if (!token.isWordLike()) {
      throw new ImportException(
          token.place(), "expected " + what + ", found " + token.shown() + "; correct the line");
    }
    return token.text();
  }

  private String quoted(Place place) throws ImportException {
    StringBuilder result = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == '"') {
        return result.toString();
      }
      if (c == '\\' && at < text.length() && text.charAt(at) != '\n') {
        char escaped = text.charAt(at++);
        result.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 't' -> '\t';
              default -> escaped;
            });
      } else {
        result.append(c);
      }
    }
    throw new ImportException(place, "a quoted text is not closed on its line; add the '\"'");
  }

  /** Behind a macro that is still to be replaced, whose brackets belong to the word. */
  private int afterMacro() {
    int depth = 0;
    for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '{') {
        depth++;
      } else if (c == ')' || c == '}') {
        depth--;
      }
      if (depth <= 0) {
        return depth == 0 && i > at + 1 ? i + 1 : at + 1;
      }
    }
    return at + 1;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (Character.isWhitespace(c)) {
        line += c == '\n' ? 1 : 0;
        at++;
      } else {
        return;
      }
    }
  }

  private boolean isSign(char c) {
    return SIGNS.indexOf(c) >= 0 && (c != '=' || equalsIsASign);
  }

  private boolean ends(char c) {
    return isSign(c) || c == '"' || c == '#' || Character.isWhitespace(c);
  }
}
