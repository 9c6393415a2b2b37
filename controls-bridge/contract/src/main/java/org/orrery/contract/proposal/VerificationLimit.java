package org.orrery.contract.proposal;

import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.facility.ChannelId;

/**
 * Where a channel must be after a step for the step to count as verified.
 *
 * @param channel which channel
 * @param low lowest accepted value, in the channel's unit
 * @param high highest accepted value, in the channel's unit
 * @param unit UCUM code
 * @param withinNs how long after the write it may take to get there, plant ns
 * @param holdNs how long it must stay there, plant ns
 */
public record VerificationLimit(
    ChannelId channel, double low, double high, String unit, long withinNs, long holdNs) {

  /** Appends this to bytes that a hash covers. */
  public void encode(CanonicalBytes bytes) {
    bytes
        .text(channel.value())
        .number(low)
        .number(high)
        .text(unit)
        .integer(withinNs)
        .integer(holdNs);
  }
}
