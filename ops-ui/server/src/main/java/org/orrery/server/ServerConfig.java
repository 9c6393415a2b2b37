package org.orrery.server;

import java.util.Set;

/**
 * How the server faces people.
 *
 * @param host address to bind to; loopback unless a reverse proxy stands before it
 * @param port TCP port; 0 for any free one
 * @param publicRead whether pages can be read without signing in, as a wall display needs
 * @param tickMs how often changed values are sent to pages, wall milliseconds
 * @param rooms the rooms that must say how they are; one that is not heard counts as down
 */
public record ServerConfig(
    String host, int port, boolean publicRead, int tickMs, Set<String> rooms) {
  public ServerConfig {
    rooms = Set.copyOf(rooms);
    if (tickMs < 50 || tickMs > 2_000) {
      throw new IllegalArgumentException(
          "tickMs must lie from 50 to 2000, the page calls itself stale after 3 s; got " + tickMs);
    }
  }
}
