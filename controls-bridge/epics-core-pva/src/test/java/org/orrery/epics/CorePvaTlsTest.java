package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.epics.pva.PVASettings;
import org.epics.pva.data.nt.PVAAlarm.AlarmSeverity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvaOptions;

/**
 * TLS against core-pva's own server, the only one here that speaks it. In processes of their own:
 * the library reads its key stores once.
 */
class CorePvaTlsTest {
  private static final String PASSWORD = "secret";

  @TempDir Path folder;

  @Test
  void shouldReadOverTlsFromAServerThatItsKeyStoreTrustsAndFromNoOther() throws Exception {
    // Given
    Path server = keyOf("ioc");
    Path trusting = trustIn(certificateOf(server, "ioc"), "trusting");
    Path stranger = trustIn(certificateOf(keyOf("other"), "other"), "stranger");
    // When
    String trusted = read(server, trusting);
    String refused = read(server, stranger);
    // Then
    assertThat(trusted).contains("got 3.5");
    assertThat(refused).contains("failed T:TLS: no answer").doesNotContain("got");
  }

  private Path keyOf(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-keystore",
        store.toString());
    return store;
  }

  private Path certificateOf(Path store, String name) throws Exception {
    Path certificate = folder.resolve(name + ".crt");
    keytool(
        "-exportcert",
        "-alias",
        name,
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString());
    return certificate;
  }

  private Path trustIn(Path certificate, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "trusted",
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString());
    return store;
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(binary("keytool")));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    run(command);
  }

  private static String read(Path server, Path client) throws Exception {
    return run(
        List.of(
            binary("java"),
            "-Xmx128m",
            "-Djava.net.preferIPv4Stack=true",
            "-cp",
            System.getProperty("java.class.path"),
            Reading.class.getName(),
            server.toString(),
            client.toString()));
  }

  private static String binary(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  /** The process: serves over TLS with the first key store and reads with the second. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] stores) throws Exception {
      PVASettings.EPICS_PVAS_TLS_KEYCHAIN = stores[0] + ";" + PASSWORD;
      PVASettings.EPICS_PVA_TLS_KEYCHAIN = stores[1] + ";" + PASSWORD;
      PVASettings.EPICS_PVAS_TLS_PORT = 0;
      PvaOptions options =
          new PvaOptions(
              PvaOptions.CORE_PVA,
              List.of(),
              Optional.of(new PvaOptions.KeyStore(Path.of(stores[1]), PASSWORD)));
      try (RawCorePvaServer server = RawCorePvaServer.start()) {
        server.volts("T:TLS").update(RawCorePvaServer.state(3.5, AlarmSeverity.NO_ALARM, 1));
        try (PvClient client =
            PvClients.open(CorePvaAdapter.settings(server.searchAddress()).with(options))) {
          switch (client.get("T:TLS", 8_000_000_000L).get()) {
            case GetReply.Got got -> System.out.println("got " + got.update().value().display());
            case GetReply.Failed failed -> System.out.println("failed " + failed.why());
          }
        }
      }
      System.exit(0);
    }
  }
}
