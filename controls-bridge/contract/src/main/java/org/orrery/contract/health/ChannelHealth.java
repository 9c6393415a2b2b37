package org.orrery.contract.health;

import org.orrery.contract.facility.ChannelId;

/**
 * How the connection to a channel is.
 *
 * @param channel which channel
 * @param link the state of the connection
 * @param detail why; empty when connected
 * @param sinceNs since when, plant ns
 */
public record ChannelHealth(ChannelId channel, Link link, String detail, long sinceNs) {
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
