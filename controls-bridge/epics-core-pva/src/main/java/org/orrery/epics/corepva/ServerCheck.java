package org.orrery.epics.corepva;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.epics.pva.client.PVAChannel;
import org.orrery.epics.client.PvaOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servers are taken, by the TLS of their connections. The library takes those without TLS
 * also with a key store, and compares the names in certificates with nothing. Each refused server
 * is told once. Thread-safe.
 */
final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);

  /** Bounds what is remembered of servers that come and go. */
  private static final int MOST_TOLD = 1_000;

  private final boolean tlsOnly;
  private final Set<String> names;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  /** Checks what the key store asks for, and warns of what is not checked. */
  ServerCheck(Optional<PvaOptions.KeyStore> keyStore) {
    this.tlsOnly = keyStore.map(PvaOptions.KeyStore::tlsOnly).orElse(false);
    this.names = keyStore.map(PvaOptions.KeyStore::servers).orElse(Set.of());
    if (keyStore.isPresent() && !tlsOnly) {
      LOG.warn(
          "pvAccess servers without TLS are taken besides those that {} trusts: set tls-only, and"
              + " tls-servers with the names in their certificates, to refuse them",
          keyStore.get());
    } else if (tlsOnly && names.isEmpty()) {
      LOG.warn(
          "whoever holds a certificate that {} trusts can pose as a pvAccess server: set"
              + " tls-servers to the names in the servers' certificates",
          keyStore.get());
    }
  }

  /** Whether the channel's server may be read and written to. */
  boolean accepts(PVAChannel channel) {
    if (!tlsOnly) {
      return true;
    }
    String name = channel.isTLS() ? channel.getServerX509Name() : null;
    if (name != null && (names.isEmpty() || names.contains(name))) {
      return true;
    }
    String why =
        name == null
            ? "offers no TLS"
            : "shows the certificate of '"
                + name
                + "', which is none of "
                + names.stream().sorted().collect(Collectors.joining(", "));
    String server = channel.getRemoteAddress();
    if (told.size() < MOST_TOLD && told.add(server + why)) {
      LOG.warn("{} at {} is refused: the server {}", channel.getName(), server, why);
    }
    return false;
  }
}
