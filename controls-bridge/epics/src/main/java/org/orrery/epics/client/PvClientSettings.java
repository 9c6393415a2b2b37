package org.orrery.epics.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.orrery.epics.HostPort;

/**
 * Settings of a client.
 *
 * @param servers search (UDP) addresses of every pvAccess server, each with its port; a broadcast
 *     address of the site is allowed; empty for no pvAccess
 * @param beaconPort UDP port on which the client hears of new servers; 0 for a private one, which
 *     is right wherever a server runs on this host: a client that binds a server's search port
 *     takes the searches meant for the server
 * @param connectionTimeout after this long without a sign of life a server is asked for one; after
 *     half as long again without an answer its PVs count as disconnected
 * @param longestSearchInterval longest pause between two searches for a PV that nobody serves
 * @param queueSize updates per subscription that the server is asked to hold for a slow network
 * @param maxMessageBytes largest message, so largest array, that is accepted
 * @param pva which client is used, and what only some clients can do
 * @param channelAccess how Channel Access servers are reached; absent for no Channel Access
 */
public record PvClientSettings(
    List<HostPort> servers,
    int beaconPort,
    Duration connectionTimeout,
    Duration longestSearchInterval,
    int queueSize,
    int maxMessageBytes,
    PvaOptions pva,
    Optional<CaSettings> channelAccess) {
  public PvClientSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty() && channelAccess.isEmpty()) {
      throw new IllegalArgumentException("a client needs at least one server address, host:port");
    }
    if (queueSize < 2) {
      throw new IllegalArgumentException("queueSize must be at least 2, got " + queueSize);
    }
  }

  /** The built-in client. */
  public PvClientSettings(
      List<HostPort> servers,
      int beaconPort,
      Duration connectionTimeout,
      Duration longestSearchInterval,
      int queueSize,
      int maxMessageBytes) {
    this(
        servers,
        beaconPort,
        connectionTimeout,
        longestSearchInterval,
        queueSize,
        maxMessageBytes,
        PvaOptions.USUAL,
        Optional.empty());
  }

  /** The same with another client. */
  public PvClientSettings with(PvaOptions options) {
    return new PvClientSettings(
        servers,
        beaconPort,
        connectionTimeout,
        longestSearchInterval,
        queueSize,
        maxMessageBytes,
        options,
        channelAccess);
  }

  /** The usual settings for these servers. */
  public static PvClientSettings of(HostPort... servers) {
    return new PvClientSettings(
        List.of(servers), 0, Duration.ofSeconds(10), Duration.ofSeconds(2), 16, 16 * 1024 * 1024);
  }
}
