package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final String NO_TLS = "-";

  /** For what comes; a busy machine takes long over its first handshake. */
  private static final int PATIENCE_S = 50;

  /** For what must not come. */
  private static final int REFUSAL_S = 8;

  @TempDir Path folder;

  @Test
  void shouldReadOverTlsFromAServerThatItsKeyStoreTrustsAndFromNoOther() throws Exception {
    // Given
    Path server = keyOf("ioc");
    Path trusting = trustIn(certificateOf(server, "ioc"), "trusting");
    Path stranger = trustIn(certificateOf(keyOf("other"), "other"), "stranger");
    // When
    String trusted = read(server.toString(), trusting, "", "", PATIENCE_S);
    String refused = read(server.toString(), stranger, "", "", REFUSAL_S);
    // Then
    assertThat(trusted).contains("got 3.5");
    assertThat(refused).contains("failed T:TLS: no answer").doesNotContain("got");
  }

  @Test
  void shouldRefuseServersWithoutTlsAndOtherNamesWhereItIsToldTo() throws Exception {
    // Given
    Path server = keyOf("ioc");
    Path trusting = trustIn(certificateOf(server, "ioc"), "trusting");
    // When
    String named = read(server.toString(), trusting, "ioc", "tls-only", PATIENCE_S);
    String misnamed = read(server.toString(), trusting, "gateway", "tls-only", REFUSAL_S);
    String plain = read(NO_TLS, trusting, "", "", PATIENCE_S);
    String plainRefused = read(NO_TLS, trusting, "", "tls-only", REFUSAL_S);
    // Then
    assertThat(named).contains("got 3.5");
    assertThat(misnamed).contains("failed T:TLS: no answer").doesNotContain("got");
    assertThat(plain).contains("got 3.5");
    assertThat(plainRefused).contains("failed T:TLS: no answer").doesNotContain("got");
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

  private static String read(String server, Path client, String name, String tls, int seconds)
      throws Exception {
    return run(
        List.of(
            binary("java"),
            "-Xmx128m",
            "-Djava.net.preferIPv4Stack=true",
            "-cp",
            System.getProperty("java.class.path"),
            Reading.class.getName(),
            server,
            client.toString(),
            name,
            tls,
            Integer.toString(seconds)));
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

  /**
   * The process: serves over TLS with the first key store and reads with the second, from the
   * server of the third name, as strictly as the fourth says, for as many seconds as the fifth
   * does.
   */
  static final class Reading {
    private Reading() {}

    public static void main(String[] stores) throws Exception {
      if (!stores[0].equals(NO_TLS)) {
        PVASettings.EPICS_PVAS_TLS_KEYCHAIN = stores[0] + ";" + PASSWORD;
      }
      PVASettings.EPICS_PVA_TLS_KEYCHAIN = stores[1] + ";" + PASSWORD;
      PVASettings.EPICS_PVAS_TLS_PORT = 0;
      PvaOptions options =
          new PvaOptions(
              PvaOptions.CORE_PVA,
              List.of(),
              Optional.of(
                  new PvaOptions.KeyStore(
                      Path.of(stores[1]),
                      PASSWORD,
                      !stores[3].isEmpty(),
                      stores[2].isEmpty() ? Set.of() : Set.of(stores[2]))));
      try (RawCorePvaServer server = RawCorePvaServer.start()) {
        server.volts("T:TLS").update(RawCorePvaServer.state(3.5, AlarmSeverity.NO_ALARM, 1));
        try (PvClient client =
            PvClients.open(CorePvaAdapter.settings(server.searchAddress()).with(options))) {
          switch (client.get("T:TLS", Long.parseLong(stores[4]) * 1_000_000_000L).get()) {
            case GetReply.Got got -> System.out.println("got " + got.update().value().display());
            case GetReply.Failed failed -> System.out.println("failed " + failed.why());
          }
        }
      }
      System.exit(0);
    }
  }
}
