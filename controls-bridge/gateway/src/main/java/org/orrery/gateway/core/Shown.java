package org.orrery.gateway.core;

import java.util.List;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.ControlSystem.GetReply;

/** What one get of a channel shows. Immutable. */
sealed interface Shown {
  /**
   * A value that means what the description says.
   *
   * @param takenNs when its source took it, plant ns
   */
  record Trusted(ChannelId channel, Value value, long takenNs) implements Shown {}

  /** No value that could be trusted; why, for people. */
  record Nothing(String why) implements Shown {}

  /** What it shows, for people. */
  default String words() {
    return switch (this) {
      case Trusted trusted -> trusted.channel() + " reads " + trusted.value().display();
      case Nothing nothing -> nothing.why();
    };
  }

  /** Judges the answer to a get. */
  static Shown of(Channel channel, GetReply reply) {
    return switch (reply) {
      case GetReply.Failed failed ->
          new Nothing(channel.id() + " cannot be read back yet: " + failed.why());
      case GetReply.Got got -> {
        List<String> differences = MetadataCheck.differences(channel, got.description());
        yield got.update().severity() == Severity.INVALID || !differences.isEmpty()
            ? new Nothing(
                channel.id()
                    + " cannot be trusted now: "
                    + String.join("; ", differences)
                    + got.update().message())
            : new Trusted(channel.id(), got.update().value(), got.update().timeNs());
      }
    };
  }
}
