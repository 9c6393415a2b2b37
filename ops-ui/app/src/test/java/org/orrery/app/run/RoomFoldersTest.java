package org.orrery.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.app.config.FacilityLoader;
import org.orrery.app.config.SiteLoader;
import org.orrery.contract.access.AccessRules;
import org.orrery.supervision.SupervisionModule;

/** Each room is handed its own folder, and that is where its files always lay. */
class RoomFoldersTest {
  private static final Path CONF = Path.of("src/main/dist/conf");

  @TempDir Path data;
  @TempDir Path aside;

  @Test
  void shouldFindWhatAnEarlierOrreryLeftInItsDataDirectory() throws Exception {
    // Given: the files where they lay when every room was handed the whole directory
    SupervisionModule.publicKey(aside);
    Path key = data.resolve("supervision/signing-key");
    Files.createDirectories(key.getParent());
    Files.move(aside.resolve("signing-key"), key);
    byte[] signing = Files.readAllBytes(key);
    Files.createDirectories(data.resolve("gateway"));
    Files.writeString(data.resolve("gateway/writing-stopped"), "an old stop\n");
    Files.createDirectories(data.resolve("operations"));
    Files.writeString(
        data.resolve("operations/state.properties"),
        """
        tagOuts=1
        tagOut.0.device=purif.pump-a
        tagOut.0.owner=ben
        tagOut.0.reason=an old tag-out
        tagOut.0.sinceNs=1
        """);
    int port = freePort();

    // When
    try (Orrery orrery = new Orrery(options(port))) {
      orrery.start();

      // Then
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(overview(port))
                      .contains("an old stop", "an old tag-out", "\"stopped\":true"));
    }
    assertThat(Files.readAllBytes(key)).isEqualTo(signing);
    assertThat(found("signing-key")).containsExactly("supervision/signing-key");
    assertThat(found("writing-stopped")).containsExactly("gateway/writing-stopped");
    assertThat(found("journal")).containsExactly("gateway/journal");
    assertThat(found("state.properties")).containsExactly("operations/state.properties");
  }

  private RunOptions options(int port) throws Exception {
    return new RunOptions(
        FacilityLoader.load(CONF.resolve("facility.yaml")),
        SiteLoader.load(CONF.resolve("site.yaml")),
        AccessRules.OPEN,
        data,
        port,
        Optional.empty(),
        Optional.empty(),
        "test");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String overview(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/overview"))
                  .timeout(Duration.ofSeconds(10))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private List<String> found(String name) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .map(file -> data.relativize(file).toString())
          .toList();
    }
  }
}
