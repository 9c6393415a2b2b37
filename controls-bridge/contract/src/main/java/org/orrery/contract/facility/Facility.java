package org.orrery.contract.facility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A facility: all that Orrery knows of a detector before it listens to it. Deeply immutable.
 *
 * @param name short name, for example {@code reference-lartpc}
 * @param title one line for people
 * @param zone IANA time zone of the site, for display only
 * @param simulated true for a stand-in; every screen then says SIMULATED
 * @param modes names of the detector modes
 * @param subsystems names of the subsystems in the order of display
 * @param channels all channels by id
 */
public record Facility(
    String name,
    String title,
    String zone,
    boolean simulated,
    List<String> modes,
    List<Subsystem> subsystems,
    Map<ChannelId, Channel> channels) {
  public Facility {
    modes = List.copyOf(modes);
    subsystems = List.copyOf(subsystems);
    channels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(channels));
  }

  /** The channel with this id, if there is one. */
  public Optional<Channel> channel(ChannelId id) {
    return Optional.ofNullable(channels.get(id));
  }

  /**
   * A group of channels that people think of as one.
   *
   * @param name the name that channels refer to
   * @param title what people read
   * @param callOut whom to call when it is in trouble
   * @param headline the few channels that show its state at a glance, in order
   */
  public record Subsystem(String name, String title, String callOut, List<ChannelId> headline) {
    public Subsystem {
      headline = List.copyOf(headline);
    }
  }
}
