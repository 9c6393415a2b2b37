package org.orrery.bus.cluster;

import java.util.List;

/**
 * How the processes of one installation find each other.
 *
 * @param name of the installation; processes of another name never join
 * @param host this process's own address, to which its ports are bound
 * @param port port of the membership protocol on that address
 * @param members all processes, each {@code host:port} of the membership protocol
 * @param keys for mutual TLS between them
 */
public record ClusterConfig(
    String name, String host, int port, List<String> members, ClusterKeys keys) {
  public ClusterConfig {
    members = List.copyOf(members);
  }
}
