package org.orrery.contract.health;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How the connections to the control system are, by server and by channel.
 *
 * @param atNs plant ns
 * @param servers every server that serves, or served, a channel; the worst first
 * @param matching how many channels match the question
 * @param channels the worst of these
 */
public record BridgeHealth(
    long atNs, List<ServerHealth> servers, int matching, List<ChannelFigures> channels) {
  public BridgeHealth {
    servers = List.copyOf(servers);
    channels = List.copyOf(channels);
  }

  /** Channels of all servers in one state. */
  public int count(ChannelHealth.Link link) {
    return servers.stream().mapToInt(server -> server.links().of(link)).sum();
  }

  /**
   * How many channels are in each state.
   *
   * @param connected connected and speaking
   * @param stale connected and silent for too long
   * @param mismatched not as the facility description says
   * @param disconnected not connected
   */
  public record Links(int connected, int stale, int mismatched, int disconnected) {
    /** All of them. */
    public int all() {
      return connected + stale + mismatched + disconnected;
    }

    /** Those in one state. */
    public int of(ChannelHealth.Link link) {
      return switch (link) {
        case CONNECTED -> connected;
        case STALE -> stale;
        case MISMATCH -> mismatched;
        case DISCONNECTED -> disconnected;
      };
    }
  }

  /**
   * What went over connections since the start.
   *
   * @param updates updates that arrived
   * @param updatesPerSecond over the last ten seconds or so, per wall second
   * @param lost updates known to be lost on the way, a lower bound
   * @param disconnections how often a connection was lost
   * @param heardNs when the last update arrived, plant ns; 0 before the first
   */
  public record Traffic(
      long updates, double updatesPerSecond, long lost, long disconnections, long heardNs) {}

  /**
   * One server, as its address tells it.
   *
   * @param address {@code host:port}; empty for the channels that no server was ever found for
   * @param links its channels by state
   * @param traffic of all its channels
   * @param latencyP50 median of the time from an update's time stamp to its receipt over the last
   *     half minute or so, wall s; the clocks of both machines are in it; empty where nothing came
   * @param latencyP99 its 99 % quantile
   */
  public record ServerHealth(
      String address,
      Links links,
      Traffic traffic,
      OptionalDouble latencyP50,
      OptionalDouble latencyP99) {}

  /**
   * One channel.
   *
   * @param health how its connection is
   * @param server its server, or its last one; empty where none was ever found
   * @param traffic of this channel
   */
  public record ChannelFigures(ChannelHealth health, String server, Traffic traffic) {}
}
