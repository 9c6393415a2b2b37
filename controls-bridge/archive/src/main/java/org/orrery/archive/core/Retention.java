package org.orrery.archive.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.archive.ArchiveConfig;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

/**
 * How long the raw samples of each channel are kept, by the group that it belongs to. Immutable.
 */
public final class Retention {
  /** The name of the group of all channels that no other group holds. */
  public static final String OTHERS = "";

  private final int rawDays;
  private final Map<ChannelId, ArchiveConfig.Group> groups;

  private Retention(int rawDays, Map<ChannelId, ArchiveConfig.Group> groups) {
    this.rawDays = rawDays;
    this.groups = groups;
  }

  /**
   * Applies groups to the channels of a facility.
   *
   * @param facility which channels there are
   * @param rawDays for channels of no group
   * @param groups in order of precedence
   */
  public static Retention of(Facility facility, int rawDays, List<ArchiveConfig.Group> groups) {
    Map<ChannelId, ArchiveConfig.Group> byChannel = new HashMap<>();
    for (Channel channel : facility.channels().values()) {
      groups.stream()
          .filter(group -> holds(group, channel))
          .findFirst()
          .ifPresent(group -> byChannel.put(channel.id(), group));
    }
    return new Retention(rawDays, byChannel);
  }

  private static boolean holds(ArchiveConfig.Group group, Channel channel) {
    return group.subsystems().contains(channel.subsystem())
        || group.channels().stream().anyMatch(pattern -> pattern.matches(channel.id()));
  }

  /** The name of the channel's group. */
  public String groupOf(ChannelId channel) {
    return Optional.ofNullable(groups.get(channel)).map(ArchiveConfig.Group::name).orElse(OTHERS);
  }

  /** How many whole plant days the channel's raw samples are kept before today; 0 keeps all. */
  public int daysOf(ChannelId channel) {
    return Optional.ofNullable(groups.get(channel))
        .map(ArchiveConfig.Group::rawDays)
        .orElse(rawDays);
  }

  /** Whether anything is ever forgotten. */
  public boolean forgets() {
    return rawDays > 0 || groups.values().stream().anyMatch(group -> group.rawDays() > 0);
  }
}
