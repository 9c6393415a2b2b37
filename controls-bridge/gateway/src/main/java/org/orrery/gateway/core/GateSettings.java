package org.orrery.gateway.core;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.ChannelId;

/**
 * Settings of the write gate. All times are wall ns.
 *
 * @param longestPutNs longest time that a put may take, whatever the command asks for
 * @param readbackNs how long the device may take to show a value that it said it took
 * @param quietNs for this long the server of a set point must answer after a put that was not
 *     answered, before a device that reads as before counts as one that did not take it
 * @param interlocks which subsystems an interlock channel bars, besides its own; {@code *} for all
 * @param mode the channel that tells the detector mode; while it cannot be read, or operations says
 *     otherwise, the mode is not known; absent where operations alone is believed
 * @param access who may have what written
 */
public record GateSettings(
    long longestPutNs,
    long readbackNs,
    long quietNs,
    Map<ChannelId, Set<String>> interlocks,
    Optional<ChannelId> mode,
    AccessRules access) {
  /** Puts of up to 20 s, 10 s to read back, quiet after 5 s; interlocks bar their own subsystem. */
  public static final GateSettings DEFAULT =
      new GateSettings(
          20_000_000_000L,
          10_000_000_000L,
          5_000_000_000L,
          Map.of(),
          Optional.empty(),
          AccessRules.OPEN);

  public GateSettings {
    interlocks = Map.copyOf(interlocks);
  }
}
