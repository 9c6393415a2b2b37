package org.orrery.scenarios.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Prometheus expression names, and whether a scrape serves it. Stateless. */
public final class PromNames {
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{[^}]*})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Set<String> WORDS =
      Set.of("sum", "max", "min", "avg", "count", "abs", "rate", "increase", "by", "without");

  private PromNames() {}

  /** Everything in the expression that the scrape does not serve; empty where all is there. */
  public static List<String> missing(String expression, String scrape) {
    List<String> missing = new ArrayList<>();
    String bare =
        expression.replaceAll("\\b(by|without)\\s*\\([^)]*\\)", " ").replaceAll("\\[\\w+]", " ");
    Matcher found = SELECTOR.matcher(bare);
    while (found.find()) {
      String name = found.group(1);
      if (WORDS.contains(name)) {
        continue;
      }
      List<String> series =
          scrape.lines().filter(line -> line.matches(Pattern.quote(name) + "[{ ].*")).toList();
      if (series.isEmpty()) {
        missing.add(name);
      } else if (found.group(2) != null
          && series.stream().noneMatch(line -> matches(line, found.group(2)))) {
        missing.add(name + found.group(2));
      }
    }
    return missing;
  }

  private static boolean matches(String series, String selector) {
    Matcher matcher = MATCHER.matcher(selector);
    while (matcher.find()) {
      Matcher label =
          Pattern.compile("[{,]" + Pattern.quote(matcher.group(1)) + "=\"([^\"]*)\"")
              .matcher(series);
      String value = label.find() ? label.group(1) : "";
      boolean fits =
          switch (matcher.group(2)) {
            case "=" -> value.equals(matcher.group(3));
            case "!=" -> !value.isEmpty() && !value.equals(matcher.group(3));
            case "=~" -> value.matches(matcher.group(3));
            default -> !value.isEmpty() && !value.matches(matcher.group(3));
          };
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
