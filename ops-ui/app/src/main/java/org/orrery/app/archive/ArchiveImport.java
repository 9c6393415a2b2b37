package org.orrery.app.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.orrery.bus.csv.ArchiveRow;
import org.orrery.bus.csv.Csv;

/**
 * Brings lines of CSV into the archive of a running Orrery, in requests of bounded size. Samples of
 * one channel and instant are counted here, because they may travel in different requests. The same
 * again changes nothing, so whatever was interrupted is simply begun anew. Not thread-safe.
 */
public final class ArchiveImport implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MOST_LINES = 5_000;
  private static final int MOST_CHARACTERS = 2_000_000;
  private static final String SEQUENCE = "sequence";

  private final HttpClient client;
  private final String url;
  private String token = "";
  private final List<String> columns;
  private final int givenColumns;
  private final StringBuilder lines = new StringBuilder();
  private int waiting;
  private final Map<String, Counted> counted = new HashMap<>();
  private Done done = new Done(0, 0, 0);

  /**
   * What became of the lines.
   *
   * @param added samples that were new
   * @param present samples that were left out: they, or measured ones of the same time, were there
   * @param gaps silences that were new
   */
  public record Done(long added, long present, long gaps) {}

  /** The last sample of a channel: its time as it is written, and its number there. */
  private record Counted(List<String> time, long sequence) {}

  private ArchiveImport(String url, List<String> columns) {
    this.client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    this.url = url;
    this.givenColumns = columns.size();
    List<String> names = new ArrayList<>();
    columns.forEach(name -> names.add(name.strip().toLowerCase(Locale.ROOT)));
    if (!names.contains(SEQUENCE)) {
      names.add(SEQUENCE);
    }
    this.columns = List.copyOf(names);
  }

  /**
   * Signs in.
   *
   * @param url where Orrery runs
   * @param user an account with the role ADMIN
   * @param columns of the lines, as {@code POST /api/v1/archive/import} knows them
   * @throws ArchiveException when Orrery refuses
   */
  public static ArchiveImport open(String url, String user, String password, List<String> columns)
      throws IOException, InterruptedException {
    ArchiveImport opened = new ArchiveImport(url, columns);
    try {
      ObjectNode account = JSON.createObjectNode().put("name", user).put("password", password);
      JsonNode session = opened.post("/api/v1/session", JSON.writeValueAsString(account));
      opened.token = session.path("csrfToken").asText();
      return opened;
    } catch (IOException | InterruptedException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Takes a line; sends what waits where it is enough.
   *
   * @throws ArchiveException when Orrery refuses the lines
   */
  public void add(List<String> fields) throws IOException, InterruptedException {
    if (waiting >= MOST_LINES || lines.length() >= MOST_CHARACTERS) {
      flush();
    }
    lines.append(Csv.line(numbered(fields)));
    waiting++;
  }

  /** Sends what waits. */
  public Done flush() throws IOException, InterruptedException {
    if (waiting > 0) {
      JsonNode answer = post("/api/v1/archive/import", Csv.line(columns) + lines);
      done =
          new Done(
              done.added() + answer.path("added").asLong(),
              done.present() + answer.path("present").asLong(),
              done.gaps() + answer.path("gaps").asLong());
      lines.setLength(0);
      waiting = 0;
    }
    return done;
  }

  @Override
  public void close() {
    client.close();
  }

  /** With the number of the sample where the channel's line before has the same time. */
  private List<String> numbered(List<String> fields) {
    List<String> line = new ArrayList<>(fields.subList(0, Math.min(fields.size(), givenColumns)));
    while (line.size() < columns.size()) {
      line.add("");
    }
    if (text(line, "row").equals(ArchiveRow.GAP)) {
      return line;
    }
    String channel = text(line, "channel").isEmpty() ? text(line, "pv") : text(line, "channel");
    List<String> time = List.of(text(line, "time_ns"), text(line, "time"));
    Counted before = counted.get(channel);
    long sequence = -1;
    if (text(line, SEQUENCE).matches("-[1-9][0-9]{0,17}")) {
      sequence = Long.parseLong(text(line, SEQUENCE));
    } else if (before != null && before.time().equals(time)) {
      sequence = before.sequence() - 1;
      line.set(columns.indexOf(SEQUENCE), Long.toString(sequence));
    }
    counted.put(channel, new Counted(time, sequence));
    return line;
  }

  private String text(List<String> line, String column) {
    int at = columns.indexOf(column);
    return at < 0 ? "" : line.get(at).strip();
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .header("X-CSRF-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      JsonNode error = answer.path("error");
      throw new ArchiveException(
          "%s answered %d, %s: %s. %s"
              .formatted(
                  url,
                  response.statusCode(),
                  error.path("title").asText(),
                  error.path("detail").asText(),
                  error.path("remedy").asText()));
    }
    return answer;
  }
}
