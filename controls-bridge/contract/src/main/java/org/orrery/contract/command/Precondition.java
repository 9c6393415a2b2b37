package org.orrery.contract.command;

import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.facility.ChannelId;

/**
 * What must hold for a write to be made.
 *
 * @param channel the channel to look at
 * @param condition what it must show
 * @param maxAgeNs oldest acceptable reading, plant ns
 * @param because why, for people
 */
public record Precondition(ChannelId channel, Condition condition, long maxAgeNs, String because) {

  /** Appends this to bytes that a hash or a signature covers. */
  public void encode(CanonicalBytes bytes) {
    bytes.text(channel.value());
    switch (condition) {
      case Condition.Within within ->
          bytes.text("within").number(within.low()).number(within.high());
      case Condition.Shows shows -> bytes.text("shows").text(shows.choice());
    }
    bytes.integer(maxAgeNs).text(because);
  }

  /** What a channel must show. */
  public sealed interface Condition {
    /** A number from low to high, both included, in the channel's unit. */
    record Within(double low, double high) implements Condition {}

    /** The choice with this label. */
    record Shows(String choice) implements Condition {}
  }
}
