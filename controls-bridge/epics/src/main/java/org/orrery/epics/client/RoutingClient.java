package org.orrery.epics.client;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;

/**
 * Sends each PV to the client of its protocol: {@code pva://NAME}, {@code ca://NAME}, and a name
 * without a prefix to pvAccess, or to Channel Access where only that has servers. Thread-safe.
 */
final class RoutingClient implements PvClient {
  private static final String PVA = "pva://";
  private static final String CA = "ca://";

  private final Optional<PvClient> pva;
  private final Optional<PvClient> ca;

  /** Takes the clients over, to close them. */
  RoutingClient(Optional<? extends PvClient> pva, Optional<? extends PvClient> ca) {
    this.pva = pva.map(client -> client);
    this.ca = ca.map(client -> client);
  }

  /**
   * The client for an address.
   *
   * @throws IllegalArgumentException where there is none, with the remedy
   */
  private PvClient clientOf(String address) {
    if (address.startsWith(CA)) {
      return ca.orElseThrow(() -> noServers(address, "Channel Access", "controls.ca-servers", PVA));
    }
    if (address.startsWith(PVA)) {
      return pva.orElseThrow(() -> noServers(address, "pvAccess", "controls.pva-servers", CA));
    }
    if (address.contains("://")) {
      throw new IllegalArgumentException(
          "'%s' names no protocol that is spoken here; write pva://NAME or ca://NAME"
              .formatted(address));
    }
    return pva.or(() -> ca)
        .orElseThrow(() -> noServers(address, "any protocol", "controls.pva-servers", CA));
  }

  private static IllegalArgumentException noServers(
      String address, String protocol, String key, String other) {
    return new IllegalArgumentException(
        "'%s' needs %s, for which no server is configured; list one in %s, or write %sNAME"
            .formatted(address, protocol, key, other));
  }

  private Stream<PvClient> all() {
    return Stream.of(pva, ca).flatMap(Optional::stream);
  }

  @Override
  public PvSubscription subscribe(String address, PvListener listener) {
    return clientOf(address).subscribe(address, listener);
  }

  @Override
  public CompletableFuture<PutReply> put(
      String address, Value value, long timeoutNs, BooleanSupplier maySend) {
    try {
      return clientOf(address).put(address, value, timeoutNs, maySend);
    } catch (IllegalArgumentException nobody) {
      return CompletableFuture.completedFuture(
          new PutReply.Rejected(String.valueOf(nobody.getMessage()), false));
    }
  }

  @Override
  public CompletableFuture<GetReply> get(String address, long timeoutNs) {
    try {
      return clientOf(address).get(address, timeoutNs);
    } catch (IllegalArgumentException nobody) {
      return CompletableFuture.completedFuture(
          new GetReply.Failed(String.valueOf(nobody.getMessage())));
    }
  }

  @Override
  public CompletableFuture<CallReply> call(
      String address, Map<String, Value> arguments, long timeoutNs) {
    try {
      return clientOf(address).call(address, arguments, timeoutNs);
    } catch (IllegalArgumentException nobody) {
      return CompletableFuture.completedFuture(
          new CallReply.Failed(String.valueOf(nobody.getMessage())));
    }
  }

  @Override
  public ClientStatistics statistics() {
    List<ClientStatistics> each = all().map(PvClient::statistics).toList();
    return new ClientStatistics(
        each.stream().mapToLong(ClientStatistics::subscriptions).sum(),
        each.stream().mapToLong(ClientStatistics::connected).sum(),
        each.stream().mapToLong(ClientStatistics::updates).sum(),
        each.stream().mapToLong(ClientStatistics::overruns).sum(),
        each.stream().mapToLong(ClientStatistics::puts).sum(),
        each.stream().mapToLong(ClientStatistics::putsNotAnswered).sum());
  }

  @Override
  public void close() {
    all().forEach(PvClient::close);
  }
}
