package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One person's browser: keeps the cookie and the page's token. Not thread-safe. */
final class Browser {
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final int port;
  private String token = "";

  Browser(int port) {
    this.port = port;
  }

  void signIn(String name, String password) throws Exception {
    HttpResponse<String> answer =
        send(
            "POST",
            "/api/v1/session",
            "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
    assertThat(answer.statusCode()).isEqualTo(200);
    token = new ObjectMapper().readTree(answer.body()).path("csrfToken").asText();
  }

  HttpResponse<String> send(String method, String path, String body) throws Exception {
    return client.send(
        request(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> start(String path) {
    return client.sendAsync(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> startSignIn(String name, String password) {
    String body = "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password);
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/session"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What never ends by itself. */
  InputStream stream(String path) throws Exception {
    return client
        .send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream())
        .body();
  }

  /** Asks until the answer contains a text, for at most ten seconds. */
  HttpResponse<String> until(String path, String text) throws Exception {
    for (int i = 0; i < 200; i++) {
      HttpResponse<String> answer = get(path);
      if (answer.body().contains(text)) {
        return answer;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError(path + " never said " + text);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10))
        .header("X-CSRF-Token", token);
  }
}
