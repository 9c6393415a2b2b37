package org.orrery.contract.facility;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
 * @param deviceLimits how often devices may be written to, by device; a device that is not listed
 *     has no limit of its own
 * @param groups groups of devices by name
 */
public record Facility(
    String name,
    String title,
    String zone,
    boolean simulated,
    List<String> modes,
    List<Subsystem> subsystems,
    Map<ChannelId, Channel> channels,
    Map<String, DeviceLimits> deviceLimits,
    Map<String, DeviceGroup> groups) {
  public Facility {
    modes = List.copyOf(modes);
    subsystems = List.copyOf(subsystems);
    channels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(channels));
    deviceLimits = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(deviceLimits));
    groups = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }

  /** A facility that says nothing about devices beyond their channels. */
  public Facility(
      String name,
      String title,
      String zone,
      boolean simulated,
      List<String> modes,
      List<Subsystem> subsystems,
      Map<ChannelId, Channel> channels) {
    this(name, title, zone, simulated, modes, subsystems, channels, Map.of(), Map.of());
  }

  /** The channel with this id, if there is one. */
  public Optional<Channel> channel(ChannelId id) {
    return Optional.ofNullable(channels.get(id));
  }

  /** The devices that the name of a device or of a group stands for; none for an unknown name. */
  public List<String> devicesOf(String name) {
    DeviceGroup group = groups.get(name);
    if (group != null) {
      return group.devices();
    }
    return channels.values().stream().anyMatch(channel -> channel.device().equals(name))
        ? List.of(name)
        : List.of();
  }

  /** The groups that a device belongs to. */
  public List<DeviceGroup> groupsOf(String device) {
    return groups.values().stream().filter(group -> group.devices().contains(device)).toList();
  }

  /**
   * The modes in which a channel may be written: its own where it names any, otherwise those that
   * all its groups have in common; absent for every mode.
   */
  public Optional<Set<String>> armedIn(Channel channel) {
    Set<String> own = channel.writable().map(Writable::armedIn).orElse(Set.of());
    if (!own.isEmpty()) {
      return Optional.of(own);
    }
    return groupsOf(channel.device()).stream()
        .map(DeviceGroup::armedIn)
        .filter(modes -> !modes.isEmpty())
        .reduce((one, other) -> one.stream().filter(other::contains).collect(Collectors.toSet()));
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
