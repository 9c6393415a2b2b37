package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SiteLoaderTest {
  @Test
  void shouldReadTheSiteThatShips() throws Exception {
    // Given
    Path shipped = Path.of("src/main/dist/conf/site.yaml");

    // When
    Site site = SiteLoader.load(shipped);

    // Then: what ships states the defaults
    assertThat(site).isEqualTo(SiteLoader.parse("empty.yaml", "{}"));
    assertThat(Files.readString(shipped)).contains("factor: 20");
  }

  @Test
  void shouldListEveryProblemAtOnce() {
    // When
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SiteLoader.parse(
                    "s.yaml", "server: {port: 99999, tls: yes}\ntwin: {device: tpu}\nkafka: {}\n"));

    // Then
    assertThat(e.problems())
        .hasSize(4)
        .anyMatch(p -> p.contains("port"))
        .anyMatch(p -> p.contains("unknown key 'tls'"))
        .anyMatch(p -> p.contains("tpu"))
        .anyMatch(p -> p.contains("'servers' is missing"));
  }
}
