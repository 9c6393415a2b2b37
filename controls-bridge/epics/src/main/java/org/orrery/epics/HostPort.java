package org.orrery.epics;

/**
 * A host and a port.
 *
 * @param host an IPv4 address or a name that resolves to one; the library knows no IPv6
 * @param port 0 to 65535
 */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isBlank() || host.indexOf(':') >= 0) {
      throw new IllegalArgumentException("not an IPv4 host: '" + host + "'");
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }

  /** A port of this machine's loopback interface. */
  public static HostPort loopback(int port) {
    return new HostPort("127.0.0.1", port);
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("not host:port: '" + text + "'");
    }
    try {
      return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("not host:port: '" + text + "'", notANumber);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
