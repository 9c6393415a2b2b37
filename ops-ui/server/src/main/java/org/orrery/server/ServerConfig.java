package org.orrery.server;

/**
 * How the server faces people.
 *
 * @param host address to bind to; loopback unless a reverse proxy stands before it
 * @param port TCP port; 0 for any free one
 * @param publicRead whether pages can be read without signing in, as a wall display needs
 * @param tickMs how often changed values are sent to pages, wall milliseconds
 */
public record ServerConfig(String host, int port, boolean publicRead, int tickMs) {
  public ServerConfig {
    if (tickMs < 50 || tickMs > 2_000) {
      throw new IllegalArgumentException(
          "tickMs must lie from 50 to 2000, the page calls itself stale after 3 s; got " + tickMs);
    }
  }
}
