package org.orrery.app.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;

/** A running Orrery, over HTTP. */
public final class Remote {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      description = "Where Orrery runs (default: ${DEFAULT-VALUE}).")
  private String url = "";

  /** Picocli fills it in. */
  public Remote() {}

  /** Where Orrery runs. */
  String url() {
    return url;
  }

  /** Reads from the path and hands a good answer on; otherwise says what is wrong and returns 1. */
  int get(String path, ToIntFunction<String> answer) throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        return answer.applyAsInt(response.body());
      }
      System.err.printf("%s answered %d: %s%n", url, response.statusCode(), response.body());
    } catch (IOException e) {
      System.err.printf("no Orrery answers at %s; start one, or give its --url%n", url);
    }
    return 1;
  }
}
