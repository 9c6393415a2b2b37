package org.orrery.operations.core.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.Tolerance;
import org.orrery.contract.value.ValueKind;

/**
 * The channels of a set in their order. Deeply immutable.
 *
 * @param stages names of the stages in order
 * @param places one per channel, by stage, then by item, then as the facility lists them
 */
record Places(List<String> stages, List<Place> places) {
  Places {
    stages = List.copyOf(stages);
    places = List.copyOf(places);
  }

  /**
   * One channel of a set.
   *
   * @param stage its stage, from 0
   */
  record Place(Channel channel, int stage, Tolerance tolerance) {}

  /** Finds the channels that a set names; histograms cannot be set again and are left out. */
  static Places of(SnapshotSet set, Facility facility) {
    Map<ChannelId, Place> places = new LinkedHashMap<>();
    List<String> stages = new ArrayList<>();
    for (SnapshotSet.Stage stage : set.stages()) {
      for (SnapshotSet.Item item : stage.items()) {
        for (Channel channel : matching(item.pattern(), facility)) {
          Tolerance tolerance = item.tolerance().orElseGet(() -> usual(channel));
          places.putIfAbsent(channel.id(), new Place(channel, stages.size(), tolerance));
        }
      }
      stages.add(stage.name());
    }
    return new Places(stages, List.copyOf(places.values()));
  }

  /** The channels whose ids a pattern matches, as the facility lists them. */
  static List<Channel> matching(String pattern, Facility facility) {
    Stream<Channel> found =
        pattern.contains("*") ? byPattern(pattern, facility) : byName(pattern, facility);
    return found.filter(channel -> channel.kind() != ValueKind.HISTOGRAM).toList();
  }

  private static Stream<Channel> byPattern(String pattern, Facility facility) {
    Pattern expression = Pattern.compile("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
    return facility.channels().values().stream()
        .filter(channel -> expression.matcher(channel.id().value()).matches());
  }

  private static Stream<Channel> byName(String name, Facility facility) {
    try {
      return facility.channel(new ChannelId(name)).stream();
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
  }

  /** What a device is allowed to be off by, and what the gateway may leave out under load. */
  static Tolerance usual(Channel channel) {
    double readback = channel.writable().map(Writable::readbackTolerance).orElse(0.0);
    return new Tolerance(Math.max(readback, channel.deadBand()), 0);
  }
}
