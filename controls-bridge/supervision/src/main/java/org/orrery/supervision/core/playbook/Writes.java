package org.orrery.supervision.core.playbook;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.Precondition.Condition;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.value.Value;

/** Values, conditions and limits in the terms of the facility's channels. Immutable. */
final class Writes {
  static final long SECOND_NS = 1_000_000_000L;
  static final long MINUTE_NS = 60 * SECOND_NS;

  /** Oldest reading that a plan may rest on, plant ns. */
  static final long FRESH_NS = 2 * MINUTE_NS;

  /**
   * For switches and selectors, which speak on change: their age says nothing, their connection
   * does. 30 days, plant ns.
   */
  static final long WHILE_CONNECTED_NS = 30L * 24 * 60 * MINUTE_NS;

  /** How long a put may take before its outcome is unknown, wall ns. */
  static final long PUT_TIMEOUT_NS = 5 * SECOND_NS;

  private final Facility facility;

  Writes(Facility facility) {
    this.facility = facility;
  }

  /** The first of the channels that the facility lacks. */
  Optional<String> missing(List<ChannelId> channels) {
    return channels.stream()
        .filter(channel -> facility.channel(channel).isEmpty())
        .findFirst()
        .map(channel -> "the facility has no channel " + channel);
  }

  Channel channel(ChannelId id) {
    return facility.channel(id).orElseThrow();
  }

  /**
   * The choice with a label; a label that the channel lacks is a bug of the playbook or the
   * facility.
   */
  Value choice(ChannelId id, String label) {
    int index = channel(id).choices().indexOf(label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "channel " + id + " has no choice " + label + "; it has " + channel(id).choices());
    }
    return new Value.ChoiceValue(index, label);
  }

  static Precondition shows(ChannelId channel, String label, String because) {
    return new Precondition(channel, new Condition.Shows(label), WHILE_CONNECTED_NS, because);
  }

  static Precondition within(ChannelId channel, double low, double high, String because) {
    return new Precondition(channel, new Condition.Within(low, high), FRESH_NS, because);
  }

  VerificationLimit limit(ChannelId channel, double low, double high, long withinNs, long holdNs) {
    return new VerificationLimit(channel, low, high, channel(channel).unit(), withinNs, holdNs);
  }
}
