package org.orrery.contract.health;

import java.util.Locale;

/**
 * Which channels somebody wants to see of the bridge.
 *
 * @param find words that must all stand in a channel's name, PV, server or state; empty for all
 * @param most how many channels to tell at most; 0 for the servers alone
 */
public record BridgeQuery(String find, int most) {
  /** The servers alone, as figures need them. */
  public static final BridgeQuery SERVERS = new BridgeQuery("", 0);

  public BridgeQuery {
    find = find.toLowerCase(Locale.ROOT);
    if (most < 0) {
      throw new IllegalArgumentException("most must not be negative, got " + most);
    }
  }
}
