package org.orrery.twin.core.assimilation;

import java.util.List;
import java.util.Optional;
import org.orrery.twin.core.model.Sensor;

/**
 * Sensors of the same make on paired devices. A standby pump's meters are taken to be like those of
 * its twin until they have been read. Stateless after construction.
 */
final class Siblings {
  /** Meters of the same make differ by about this share. */
  private static final double DIFFERENCE_SHARE = 0.1;

  /** Index of each sensor's sibling; -1 for none. */
  private final int[] sibling;

  Siblings(List<Sensor> sensors) {
    List<String> channels = sensors.stream().map(Sensor::channel).toList();
    this.sibling =
        channels.stream()
            .mapToInt(channel -> other(channel).map(channels::indexOf).orElse(-1))
            .toArray();
  }

  private static Optional<String> other(String channel) {
    for (String device : List.of("pump-", "filter-")) {
      if (channel.contains(device + "a.")) {
        return Optional.of(channel.replace(device + "a.", device + "b."));
      }
      if (channel.contains(device + "b.")) {
        return Optional.of(channel.replace(device + "b.", device + "a."));
      }
    }
    return Optional.empty();
  }

  /** Lends what is known of a sensor to a sibling of which nothing is. */
  void share(SensorTracker[] trackers) {
    for (int s = 0; s < trackers.length; s++) {
      if (sibling[s] >= 0) {
        trackers[s].adopt(trackers[sibling[s]], DIFFERENCE_SHARE);
      }
    }
  }
}
