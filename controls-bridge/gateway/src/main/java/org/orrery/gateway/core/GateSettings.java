package org.orrery.gateway.core;

import java.util.Map;
import java.util.Set;
import org.orrery.contract.facility.ChannelId;

/**
 * Settings of the write gate. All times are wall ns.
 *
 * @param longestPutNs longest time that a put may take, whatever the command asks for
 * @param readbackNs how long the device may take to show a value that it said it took
 * @param quietNs after this long a put that was not answered can no longer arrive at the device
 * @param interlocks which subsystems an interlock channel bars, besides its own; {@code *} for all
 */
public record GateSettings(
    long longestPutNs, long readbackNs, long quietNs, Map<ChannelId, Set<String>> interlocks) {
  /** Puts of up to 20 s, 10 s to read back, quiet after 5 s; interlocks bar their own subsystem. */
  public static final GateSettings DEFAULT =
      new GateSettings(20_000_000_000L, 10_000_000_000L, 5_000_000_000L, Map.of());

  public GateSettings {
    interlocks = Map.copyOf(interlocks);
  }
}
