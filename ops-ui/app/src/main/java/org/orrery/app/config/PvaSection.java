package org.orrery.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.epics.client.PvaOptions;
import org.orrery.epics.client.PvaOptions.KeyStore;
import org.orrery.epics.client.PvaOptions.NameServer;

/** Reads {@code controls.pva} of a site description. Stateless. */
final class PvaSection {
  private static final Set<String> KNOWN = Set.of(PvaOptions.EPICS_CORE, PvaOptions.CORE_PVA);

  private static final List<String> KEY_STORE =
      List.of("key-store", "key-store-password-file", "tls-only", "tls-servers");

  private PvaSection() {}

  /**
   * @param clients the pvAccess clients of this build
   */
  static PvaOptions read(YamlMap map, Set<String> clients) {
    String client = map.text("client").orElse(PvaOptions.EPICS_CORE);
    if (!KNOWN.contains(client)) {
      map.problem("client", "'client' must be epics-core or core-pva, got '" + client + "'");
    } else if (!clients.contains(client)) {
      map.problem(
          "client",
          "'client' %s is not in this build: build with mvn -Pcore-pva, or choose epics-core"
              .formatted(client));
    }
    List<NameServer> nameServers = nameServers(map);
    Optional<KeyStore> keyStore =
        KEY_STORE.stream().anyMatch(map::has) ? keyStore(map) : Optional.empty();
    if (client.equals(PvaOptions.EPICS_CORE) && (map.has("name-servers") || map.has("key-store"))) {
      map.problem(
          "client", "'client' epics-core knows neither name servers nor TLS: choose core-pva");
    }
    return new PvaOptions(client, nameServers, keyStore);
  }

  private static List<NameServer> nameServers(YamlMap map) {
    List<NameServer> servers = new ArrayList<>();
    for (String text : map.texts("name-servers")) {
      try {
        servers.add(NameServer.parse(text));
      } catch (IllegalArgumentException e) {
        map.problem(
            "name-servers",
            "'name-servers' takes host:port or pvas://host:port, got '" + text + "'");
      }
    }
    return servers;
  }

  private static Optional<KeyStore> keyStore(YamlMap map) {
    Path file = Path.of(map.requiredText("key-store"));
    Path passwordFile = Path.of(map.requiredText("key-store-password-file"));
    if (!Files.isReadable(file)) {
      map.problem("key-store", "'key-store' " + file + " cannot be read: give a PKCS #12 file");
    }
    List<String> servers = map.texts("tls-servers");
    boolean tlsOnly = map.has("tls-only") ? map.flag("tls-only") : !servers.isEmpty();
    if (!tlsOnly && !servers.isEmpty()) {
      map.problem(
          "tls-only",
          "'tls-only' must be true with 'tls-servers': a server without TLS shows no certificate");
      return Optional.empty();
    }
    if (passwordFile.toString().isEmpty()) {
      return Optional.empty();
    }
    try {
      String password = Files.readString(passwordFile).strip();
      return Optional.of(new KeyStore(file, password, tlsOnly, Set.copyOf(servers)));
    } catch (IOException e) {
      map.problem(
          "key-store-password-file",
          "'key-store-password-file' " + passwordFile + " cannot be read");
      return Optional.empty();
    }
  }
}
