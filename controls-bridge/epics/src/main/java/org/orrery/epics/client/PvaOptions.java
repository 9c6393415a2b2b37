package org.orrery.epics.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.epics.HostPort;

/**
 * Which pvAccess client is used, and what only some of them can do.
 *
 * @param client {@link #EPICS_CORE} or the name of a {@link PvClientProvider}
 * @param nameServers asked over TCP, besides the search addresses; empty for none
 * @param keyStore for servers that offer TLS; absent for none
 */
public record PvaOptions(String client, List<NameServer> nameServers, Optional<KeyStore> keyStore) {
  /** The built-in client, on epics-pvaccess. */
  public static final String EPICS_CORE = "epics-core";

  /** The client of the optional module, on core-pva. */
  public static final String CORE_PVA = "core-pva";

  /** The built-in client without extras. */
  public static final PvaOptions USUAL = of(EPICS_CORE);

  public PvaOptions {
    nameServers = List.copyOf(nameServers);
  }

  /** This client without extras. */
  public static PvaOptions of(String client) {
    return new PvaOptions(client, List.of(), Optional.empty());
  }

  /**
   * A name server.
   *
   * @param address where it listens (TCP)
   * @param tls whether it is asked over TLS
   */
  public record NameServer(HostPort address, boolean tls) {
    private static final String TLS = "pvas://";

    /**
     * Reads {@code host:port} or {@code pvas://host:port}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static NameServer parse(String text) {
      boolean tls = text.startsWith(TLS);
      return new NameServer(HostPort.parse(tls ? text.substring(TLS.length()) : text), tls);
    }

    @Override
    public String toString() {
      return tls ? TLS + address : address.toString();
    }
  }

  /**
   * A PKCS #12 file with the authorities to trust and, where the servers ask for one, our own key.
   *
   * @param file the file
   * @param password its password
   * @param tlsOnly whether servers without TLS are refused
   * @param servers the common names of the certificates that servers may show; empty for any that
   *     an authority of the file vouches for, also one of a client
   */
  public record KeyStore(Path file, String password, boolean tlsOnly, Set<String> servers) {
    public KeyStore {
      servers = Set.copyOf(servers);
      if (!servers.isEmpty() && !tlsOnly) {
        throw new IllegalArgumentException(
            "names of servers say nothing while servers without TLS are taken");
      }
    }

    /** Takes any server with TLS that the file trusts, and servers without TLS. */
    public KeyStore(Path file, String password) {
      this(file, password, false, Set.of());
    }

    /** Says nothing of the password. */
    @Override
    public String toString() {
      return file.toString();
    }
  }
}
