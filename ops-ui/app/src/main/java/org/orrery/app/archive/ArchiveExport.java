package org.orrery.app.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.orrery.bus.csv.ArchiveRow;
import org.orrery.bus.csv.Csv;

/**
 * Carries stored samples of a running Orrery into a file, as they come: the memory taken does not
 * grow with their number. Stateless.
 */
public final class ArchiveExport {
  private static final int PIECE = 1 << 16;

  private ArchiveExport() {}

  /** How the file is written. */
  public enum Format {
    CSV,
    PARQUET
  }

  /**
   * What is exported.
   *
   * @param channels patterns of channel ids, separated by commas
   * @param from first plant time, as HTTP takes it
   * @param to last plant time, exclusive
   */
  public record Span(String channels, String from, String to) {
    String query() {
      return "channels=" + encoded(channels) + "&from=" + encoded(from) + "&to=" + encoded(to);
    }
  }

  /**
   * Writes the file; it is there whole or not at all.
   *
   * @param url where Orrery runs
   * @return how many rows, samples and gaps
   * @throws ArchiveException when Orrery refuses
   * @throws IOException when it does not answer to the end, or the file cannot be written
   */
  public static long write(String url, Span span, Format format, Path file)
      throws IOException, InterruptedException {
    Path target = file.toAbsolutePath();
    Path half = target.resolveSibling(target.getFileName() + ".part");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url + "/api/v1/archive/export?" + span.query()))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new ArchiveException(
              "%s answered %d: %s"
                  .formatted(
                      url,
                      response.statusCode(),
                      new String(body.readAllBytes(), StandardCharsets.UTF_8)));
        }
        long rows = format == Format.CSV ? csv(body, half) : parquet(body, half);
        Files.move(half, target, StandardCopyOption.REPLACE_EXISTING);
        return rows;
      }
    } finally {
      Files.deleteIfExists(half);
    }
  }

  private static long csv(InputStream body, Path file) throws IOException {
    Csv.Reader counter = new Csv.Reader();
    long records = 0;
    try (Writer out = Files.newBufferedWriter(file);
        var text = new InputStreamReader(body, StandardCharsets.UTF_8)) {
      char[] piece = new char[PIECE];
      for (int length = text.read(piece); length >= 0; length = text.read(piece)) {
        out.write(piece, 0, length);
        records += counter.read(new String(piece, 0, length)).size();
      }
    }
    return Math.max(0, records - 1);
  }

  private static long parquet(InputStream body, Path file) throws IOException {
    Csv.Reader reader = new Csv.Reader();
    long rows = 0;
    boolean header = true;
    Files.deleteIfExists(file);
    try (ParquetRows out = ParquetRows.create(file);
        var text = new InputStreamReader(body, StandardCharsets.UTF_8)) {
      char[] piece = new char[PIECE];
      for (int length = text.read(piece); length >= 0; length = text.read(piece)) {
        for (List<String> record : reader.read(new String(piece, 0, length))) {
          if (header) {
            header = false;
            continue;
          }
          out.write(ArchiveRow.parse(record));
          rows++;
        }
      }
    }
    return rows;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
