package org.orrery.epics.client;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.epics.EpicsException;
import org.orrery.epics.channelaccess.CaClient;
import org.orrery.epics.pvaccess.PvAccessClient;

/** Opens clients. Stateless. */
public final class PvClients {
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
