package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.archive.ArchiveConfig;
import org.orrery.contract.facility.ChannelPattern;

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

  @Test
  void shouldReadHowLongGroupsOfChannelsAreKept() throws Exception {
    // When
    Site site =
        SiteLoader.parse(
            "s.yaml",
            "archive: {raw-days: 7, retention: {waves: {channels: ['fe.*.waveform', x],"
                + " raw-days: 1}, purity: {subsystems: [purification], raw-days: 0}}}");

    // Then in the order of the file
    assertThat(site.rawDays()).isEqualTo(7);
    assertThat(site.retention())
        .containsExactly(
            new ArchiveConfig.Group(
                "waves",
                List.of(),
                List.of(new ChannelPattern("fe.*.waveform"), new ChannelPattern("x")),
                1),
            new ArchiveConfig.Group("purity", List.of("purification"), List.of(), 0));
  }

  @Test
  void shouldRefuseGroupsThatAreNone() {
    // When
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SiteLoader.parse(
                    "s.yaml",
                    "archive: {retention: {Waves: {channels: ['LAR:*'], days: 1}, none: {raw-days:"
                        + " 1}}}"));

    // Then
    assertThat(e.problems())
        .anyMatch(p -> p.contains("'LAR:*' names no channels"))
        .anyMatch(p -> p.contains("unknown key 'days'"))
        .anyMatch(p -> p.contains("group 'Waves' needs 'raw-days'"))
        .anyMatch(p -> p.contains("'Waves' must be lower-case"))
        .anyMatch(p -> p.contains("group 'none' needs 'subsystems', 'channels' or both"))
        .hasSize(5);
  }
}
