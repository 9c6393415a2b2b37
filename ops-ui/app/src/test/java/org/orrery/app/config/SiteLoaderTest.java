package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.ArchiveConfig;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.epics.client.PvaOptions;

class SiteLoaderTest {
  @TempDir private Path folder;

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
  void shouldReadWhereOurOwnPvsAreServed() throws Exception {
    // When
    Site site =
        SiteLoader.parse(
            "s.yaml",
            "controls: {own-pvs: {prefix: 'LAB:ORRERY', bind: 10.1.2.3, search-port: 5076}}");

    // Then
    assertThat(site.ownPvs()).isEqualTo(new Site.OwnPvs("LAB:ORRERY", "10.1.2.3", 0, 5076, 0));
    assertThat(
            catchThrowableOfType(
                    ConfigException.class,
                    () ->
                        SiteLoader.parse(
                            "s.yaml",
                            "controls: {own-pvs: {prefix: 'A B', bind: lab.example, port: 1}}"))
                .problems())
        .hasSize(3)
        .anyMatch(p -> p.contains("'A B'"))
        .anyMatch(p -> p.contains("lab.example"))
        .anyMatch(p -> p.contains("unknown key 'port'"));
  }

  @Test
  void shouldReadThePvaClientAndItsNameServers() throws Exception {
    // When
    Site site =
        SiteLoader.parse(
            "s.yaml",
            "controls: {pva: {client: core-pva, name-servers: ['gw:5075', 'pvas://gw2:5076']}}\n");

    // Then
    assertThat(site.pva().client()).isEqualTo("core-pva");
    assertThat(site.pva().nameServers())
        .extracting(Object::toString)
        .containsExactly("gw:5075", "pvas://gw2:5076");
    assertThat(SiteLoader.parse("s.yaml", "{}").pva()).isEqualTo(PvaOptions.USUAL);
  }

  @Test
  void shouldNameTheRemedyWhenTheClientIsNotInThisBuild() {
    // When
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SiteLoader.parse(
                    "s.yaml", "controls: {pva: {client: core-pva}}\n", Set.of("epics-core")));

    // Then
    assertThat(e.problems()).singleElement().asString().contains("mvn -Pcore-pva");
  }

  @Test
  void shouldRefuseWhatTheClientCannotDo() {
    // When
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SiteLoader.parse(
                    "s.yaml",
                    "controls: {pva: {name-servers: [nowhere], key-store: /no/such.p12}}\n"));

    // Then
    assertThat(e.problems())
        .anyMatch(p -> p.contains("choose core-pva"))
        .anyMatch(p -> p.contains("got 'nowhere'"))
        .anyMatch(p -> p.contains("'key-store-password-file' is missing"))
        .anyMatch(p -> p.contains("/no/such.p12 cannot be read"));
  }

  @Test
  void shouldReadWhichServersOverTlsAreTakenAndRefuseNamesWithoutTls() throws Exception {
    // Given
    Path keys = Files.writeString(folder.resolve("keys.p12"), "");
    Path password = Files.writeString(folder.resolve("password"), "secret\n");
    String site =
        "controls: {pva: {client: core-pva, key-store: %s, key-store-password-file: %s, %s}}";
    Set<String> clients = Set.of("core-pva");

    // When
    Site named =
        SiteLoader.parse("s.yaml", site.formatted(keys, password, "tls-servers: [a, b]"), clients);
    Site strict =
        SiteLoader.parse("s.yaml", site.formatted(keys, password, "tls-only: true"), clients);
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                SiteLoader.parse(
                    "s.yaml",
                    site.formatted(keys, password, "tls-servers: [a], tls-only: false"),
                    clients));

    // Then
    assertThat(named.pva().keyStore())
        .contains(new PvaOptions.KeyStore(keys, "secret", true, Set.of("a", "b")));
    assertThat(strict.pva().keyStore())
        .contains(new PvaOptions.KeyStore(keys, "secret", true, Set.of()));
    assertThat(refused.problems()).singleElement().asString().contains("'tls-only' must be true");
  }

  @Test
  void shouldReadTheServersOfBothProtocolsAndRefuseWhatHasNoPort() throws Exception {
    // Given
    String good = "controls: {pva-servers: ['a:5076'], ca-servers: ['b:5064', '10.0.0.255:5064']}";
    String bad = "controls: {pva-servers: ['a'], ca-servers: ['b:x', 'c:70000']}";

    // When
    Site site = SiteLoader.parse("site.yaml", good);
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> SiteLoader.parse("site.yaml", bad));

    // Then
    assertThat(site.epicsServers()).containsExactly("a:5076");
    assertThat(site.caServers()).containsExactly("b:5064", "10.0.0.255:5064");
    assertThat(refused.problems()).hasSize(3).allMatch(problem -> problem.contains("host:port"));
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
