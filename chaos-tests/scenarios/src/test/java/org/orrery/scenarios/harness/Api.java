package org.orrery.scenarios.harness;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The HTTP API as a person's program would use it. */
public final class Api {
  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private String csrfToken = "";

  public Api(String url) {
    this.url = url;
  }

  /** Signs in; the following calls are this person's. */
  public void signIn(String name, String password) throws IOException, InterruptedException {
    JsonObject session =
        post("/api/v1/session", new JsonObject().put("name", name).put("password", password));
    csrfToken = session.getString("csrfToken");
  }

  /** Reads an object; an answer other than 200 is an error. */
  public JsonObject get(String path) throws IOException, InterruptedException {
    return new JsonObject(text(path));
  }

  /** Reads an array. */
  public JsonArray list(String path) throws IOException, InterruptedException {
    return new JsonArray(text(path));
  }

  /** Reads a text. */
  public String text(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body();
  }

  /** Posts; an answer other than 200 is an error. */
  public JsonObject post(String path, JsonObject body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(path, body);
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
    }
    return (JsonObject) Json.decodeValue(response.body());
  }

  /** Posts and returns the raw answer. */
  public HttpResponse<String> send(String path, JsonObject body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("X-CSRF-Token", csrfToken)
            .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
