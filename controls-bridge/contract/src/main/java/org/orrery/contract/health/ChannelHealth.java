package org.orrery.contract.health;

import java.util.OptionalLong;
import org.orrery.contract.facility.ChannelId;

/**
 * How the connection to a channel is.
 *
 * @param channel which channel
 * @param link the state of the connection
 * @param detail why; empty when connected
 * @param sinceNs since when, plant ns
 * @param unheardFromNs from when on nobody listened to the channel before that, plant ns, because
 *     the gateway did not run; only in what a life of the gateway tells of a channel first
 */
public record ChannelHealth(
    ChannelId channel, Link link, String detail, long sinceNs, OptionalLong unheardFromNs) {

  /** The health of a channel that was listened to before. */
  public ChannelHealth(ChannelId channel, Link link, String detail, long sinceNs) {
    this(channel, link, detail, sinceNs, OptionalLong.empty());
  }

  /** The state of a connection. */
  public enum Link {
    CONNECTED,
    /** Connected, but silent for longer than the cadence allows. */
    STALE,
    /** Unit, kind or choices differ from the facility description; nothing is written to it. */
    MISMATCH,
    DISCONNECTED
  }
}
