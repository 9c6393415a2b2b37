package org.orrery.epics.client;

import java.time.Duration;
import java.util.List;
import org.orrery.epics.HostPort;

/**
 * Settings of a Channel Access client. It hears no beacons and starts no repeater: a server that
 * comes back is found by the next search.
 *
 * @param servers search (UDP) addresses of every server, each with its port; a broadcast address of
 *     the site is allowed, and nothing else is searched
 * @param connectionTimeout after this long without a sign of life a server is asked for one; after
 *     half as long again without an answer its connection is given up and its PVs are searched for
 * @param longestSearchInterval longest pause between two searches for a PV that nobody serves
 * @param maxArrayBytes largest array that is subscribed to; a PV with a larger one is refused
 */
public record CaSettings(
    List<HostPort> servers,
    Duration connectionTimeout,
    Duration longestSearchInterval,
    int maxArrayBytes) {
  public CaSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException(
          "a CA client needs at least one server address, host:port");
    }
    if (connectionTimeout.toMillis() < 2) {
      throw new IllegalArgumentException(
          "connectionTimeout must be at least 2 ms, got " + connectionTimeout);
    }
    if (maxArrayBytes < 1) {
      throw new IllegalArgumentException("maxArrayBytes must be positive, got " + maxArrayBytes);
    }
  }

  /** The usual settings for these servers. */
  public static CaSettings of(List<HostPort> servers) {
    return new CaSettings(servers, Duration.ofSeconds(10), Duration.ofSeconds(2), 16 * 1024 * 1024);
  }
}
