package org.orrery.scenarios.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboards of {@code docs/guides/grafana}, and what Grafana's PostgreSQL plugin makes of
 * their queries before the database gets them. Immutable.
 */
public final class Grafana {
  private static final Path FOLDER = Path.of("../../docs/guides/grafana").normalize();

  /** As the plugin finds macros: no argument may hold a closing bracket. */
  private static final Pattern MACRO = Pattern.compile("\\$(__[a-zA-Z]+)\\(([^)]*)\\)");

  private final List<JsonObject> dashboards;

  private Grafana(List<JsonObject> dashboards) {
    this.dashboards = dashboards;
  }

  /**
   * One query of one panel.
   *
   * @param panel dashboard and panel in words
   * @param text SQL or PromQL as it stands in the file
   */
  public record Query(JsonObject dashboard, String panel, String text) {
    @Override
    public String toString() {
      return panel;
    }
  }

  /** Reads all dashboards. */
  public static Grafana read() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
      List<JsonObject> dashboards = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        dashboards.add(new JsonObject(Files.readString(file)));
      }
      return new Grafana(dashboards);
    }
  }

  /** The statements that the guide tells a keeper to run, with a password of the test's. */
  public static String roleSql(String password) throws IOException {
    Matcher block =
        Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(FOLDER.resolve("README.md")));
    if (!block.find()) {
      throw new IllegalStateException("the guide holds no SQL");
    }
    return block.group(1).replace("CHANGE-ME", password);
  }

  /** All dashboards as they stand in their files. */
  public List<JsonObject> dashboards() {
    return dashboards;
  }

  /** Every query on the database. */
  public List<Query> sql() {
    return queries("orrery-archive", "rawSql");
  }

  /** Every query on Prometheus. */
  public List<Query> promql() {
    return queries("orrery-metrics", "expr");
  }

  private List<Query> queries(String source, String key) {
    List<Query> queries = new ArrayList<>();
    for (JsonObject dashboard : dashboards) {
      for (JsonObject panel : objects(dashboard.getJsonArray("panels"))) {
        for (JsonObject target : objects(panel.getJsonArray("targets"))) {
          if (target.getJsonObject("datasource").getString("uid").equals(source)) {
            String name = dashboard.getString("title") + " / " + panel.getString("title");
            queries.add(new Query(dashboard, name, target.getString(key)));
          }
        }
      }
    }
    return queries;
  }

  /** The query as the database gets it, with every choice of every variable. */
  public static String expand(Query query, Connection connection, long fromNs, long toNs)
      throws SQLException {
    Map<String, String> values = new LinkedHashMap<>();
    for (JsonObject variable :
        objects(query.dashboard().getJsonObject("templating").getJsonArray("list"))) {
      String sql = withValues(variable.getString("query"), values);
      List<String> choices = column(connection, macros(sql, fromNs, toNs));
      values.put(variable.getString("name"), interpolated(variable, choices));
    }
    String sql = macros(withValues(query.text(), values), fromNs, toNs);
    if (sql.contains("$")) {
      throw new IllegalStateException(query + ": something is not expanded in " + sql);
    }
    return sql;
  }

  /** Several choices are quoted and joined; a single one stands as it is. */
  private static String interpolated(JsonObject variable, List<String> choices) {
    if (choices.isEmpty()) {
      return "";
    }
    return variable.getBoolean("multi")
        ? choices.stream()
            .map(choice -> "'" + choice.replace("'", "''") + "'")
            .collect(Collectors.joining(","))
        : choices.getFirst();
  }

  private static String withValues(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("$" + value.getKey(), value.getValue());
    }
    return filled;
  }

  private static String macros(String sql, long fromNs, long toNs) {
    return MACRO
        .matcher(sql)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    macro(found.group(1), found.group(2).split(",", -1), fromNs, toNs)));
  }

  private static String macro(String name, String[] arguments, long fromNs, long toNs) {
    String column = arguments[0].strip();
    return switch (name) {
      case "__unixEpochNanoFilter" -> column + " >= " + fromNs + " AND " + column + " <= " + toNs;
      case "__unixEpochNanoFrom" -> Long.toString(fromNs);
      case "__unixEpochNanoTo" -> Long.toString(toNs);
      case "__timeFilter" ->
          column + " BETWEEN '" + instant(fromNs) + "' AND '" + instant(toNs) + "'";
      case "__unixEpochGroup" -> grouped(column, arguments[1]);
      case "__unixEpochGroupAlias" -> grouped(column, arguments[1]) + " AS \"time\"";
      case "__timeGroup" -> grouped("extract(epoch from " + column + ")", arguments[1]);
      case "__timeGroupAlias" ->
          grouped("extract(epoch from " + column + ")", arguments[1]) + " AS \"time\"";
      default -> throw new IllegalStateException("the plugin knows no macro $" + name);
    };
  }

  private static String grouped(String column, String interval) {
    Matcher length = Pattern.compile("'(\\d+)([smh])'").matcher(interval.strip());
    if (!length.matches()) {
      throw new IllegalStateException("not an interval: " + interval);
    }
    long unit = Map.of("s", 1L, "m", 60L, "h", 3_600L).getOrDefault(length.group(2), 0L);
    long seconds = Long.parseLong(length.group(1)) * unit;
    return "floor((" + column + ")/" + seconds + ")*" + seconds;
  }

  private static Instant instant(long ns) {
    return Instant.ofEpochSecond(0, ns);
  }

  private static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /** The objects of an array. */
  public static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
