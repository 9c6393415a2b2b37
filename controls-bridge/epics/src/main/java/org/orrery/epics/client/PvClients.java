package org.orrery.epics.client;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.epics.EpicsException;
import org.orrery.epics.HostPort;
import org.orrery.epics.channelaccess.CaClient;
import org.orrery.epics.pvaccess.PvAccessClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens clients. Stateless. */
public final class PvClients {
  private static final Logger LOG = LoggerFactory.getLogger(PvClients.class);

  private PvClients() {}

  /**
   * Opens the pvAccess client that the settings name, and a Channel Access client where they name
   * servers for it.
   *
   * @throws EpicsException when its sockets cannot be bound, or it is not there
   */
  public static PvClient open(PvClientSettings settings) {
    Optional<PvClient> pva =
        settings.servers().isEmpty() ? Optional.empty() : Optional.of(openPva(settings));
    try {
      return new RoutingClient(pva, settings.channelAccess().map(CaClient::open));
    } catch (RuntimeException failed) {
      pva.ifPresent(PvClient::close);
      throw failed;
    }
  }

  private static PvClient openPva(PvClientSettings settings) {
    PvaOptions pva = settings.pva();
    settings.servers().forEach(PvClients::warnIfUnresolved);
    if (!pva.client().equals(PvaOptions.EPICS_CORE)) {
      return provider(pva.client())
          .orElseThrow(() -> new EpicsException(absent(pva.client()), null))
          .open(settings);
    }
    if (!pva.nameServers().isEmpty() || pva.keyStore().isPresent()) {
      throw new EpicsException(
          PvaOptions.EPICS_CORE
              + " knows neither name servers nor TLS: choose the client core-pva for them",
          null);
    }
    return PvAccessClient.open(settings);
  }

  /** The libraries drop such a server without a word, and look names up at the start only. */
  private static void warnIfUnresolved(HostPort server) {
    if (new InetSocketAddress(server.host(), server.port()).isUnresolved()) {
      LOG.warn(
          "server {} has no address and is not searched: mend the name and start again", server);
    }
  }

  /** The names of the clients that are there. */
  public static Set<String> available() {
    Set<String> names = new TreeSet<>();
    names.add(PvaOptions.EPICS_CORE);
    ServiceLoader.load(PvClientProvider.class).forEach(each -> names.add(each.name()));
    return names;
  }

  private static String absent(String client) {
    return "there is no PVA client '%s', only %s; core-pva comes with a build by mvn -Pcore-pva"
        .formatted(client, String.join(", ", available()));
  }

  private static Optional<PvClientProvider> provider(String name) {
    for (PvClientProvider each : ServiceLoader.load(PvClientProvider.class)) {
      if (each.name().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
