package org.orrery.app.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.orrery.bus.csv.AlarmStatus;
import org.orrery.bus.csv.ArchiveRow;
import org.orrery.contract.sample.Severity;

/**
 * Samples of an EPICS Archiver Appliance, as lines for an import, one after the other as they come.
 * Not thread-safe.
 */
public final class ApplianceReader implements AutoCloseable {
  /** The columns of the lines. */
  public static final List<String> COLUMNS =
      List.of("channel", "row", "time_ns", "to_ns", "value", "severity", "status");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build())
          .build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  /** What is done with a line. */
  public interface Taker {
    /** Takes it. */
    void take(List<String> fields) throws IOException, InterruptedException;
  }

  /** A reader of the retrieval at a URL such as {@code http://host:17668/retrieval}. */
  public ApplianceReader(String url) {
    this.url = url.replaceFirst("/+$", "");
  }

  /**
   * Reads what the appliance has of a PV in [from, to).
   *
   * @param channel the id under which the lines name it
   * @return how many samples; 0 also where the appliance does not know the PV
   * @throws ArchiveException when it answers otherwise
   */
  public long read(String channel, String pv, Instant from, Instant to, Taker taker)
      throws IOException, InterruptedException {
    String query =
        "/data/getData.json?pv=%s&from=%s&to=%s"
            .formatted(
                ArchiveExport.encoded(pv),
                ArchiveExport.encoded(from.toString()),
                ArchiveExport.encoded(to.toString()));
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + query)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() == 404) {
        return 0;
      }
      if (response.statusCode() != 200) {
        throw new ArchiveException(
            "%s answered %d: %s"
                .formatted(
                    url,
                    response.statusCode(),
                    new String(body.readNBytes(500), StandardCharsets.UTF_8)));
      }
      return read(channel, body, ns(from), ns(to), taker);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private static long read(String channel, InputStream body, long fromNs, long toNs, Taker taker)
      throws IOException, InterruptedException {
    long samples = 0;
    try (JsonParser parser = JSON.createParser(body)) {
      while (parser.nextToken() != null) {
        boolean data =
            parser.currentToken() == JsonToken.FIELD_NAME && parser.currentName().equals("data");
        if (!data) {
          continue;
        }
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          JsonNode event = parser.readValueAsTree();
          long timeNs = event.path("secs").asLong() * SECOND_NS + event.path("nanos").asLong();
          // The appliance begins with the last sample before the span.
          if (timeNs >= fromNs && timeNs < toNs) {
            take(channel, timeNs, event, taker);
            samples++;
          }
        }
      }
    }
    return samples;
  }

  private static void take(String channel, long timeNs, JsonNode event, Taker taker)
      throws IOException, InterruptedException {
    JsonNode fields = event.path("fields");
    long lost = fields.path("cnxlostepsecs").asLong();
    long regained = fields.path("cnxregainedepsecs").asLong();
    if (lost > 0 && regained > lost) {
      taker.take(
          List.of(
              channel,
              ArchiveRow.GAP,
              Long.toString(lost * SECOND_NS),
              Long.toString(regained * SECOND_NS),
              "disconnected, says the archive that this was taken from",
              "",
              ""));
    }
    taker.take(
        List.of(
            channel,
            ArchiveRow.SAMPLE,
            Long.toString(timeNs),
            "",
            text(event.path("val")),
            severity(event.path("severity").asInt()).name(),
            AlarmStatus.text(event.path("status").asInt())));
  }

  private static String text(JsonNode value) {
    if (!value.isArray()) {
      return value.isNull() ? "NaN" : value.asText();
    }
    List<String> elements = new ArrayList<>();
    value.forEach(element -> elements.add(text(element)));
    return String.join(" ", elements);
  }

  private static Severity severity(int number) {
    Severity[] all = Severity.values();
    return all[Math.clamp(number, 0, all.length - 1)];
  }

  static long ns(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), SECOND_NS), instant.getNano());
  }
}
