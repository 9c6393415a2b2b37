package org.orrery.contract.sample;

import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * One reading of a channel.
 *
 * @param channel which channel
 * @param value the value, in the channel's unit
 * @param severity as the source reported it
 * @param status the source's alarm status text; empty for none
 * @param sourceTimeNs when the source took it, plant time, ns since the epoch
 * @param receivedTimeNs when Orrery received it, plant time, ns since the epoch
 * @param quality how far it can be used
 * @param lostBefore updates of this channel known to be lost between the previous sample and this
 *     one
 * @param sequence counts up per channel, and begins each life of the gateway beyond all that came
 *     before; with channel and source time it names the sample for good
 */
public record Sample(
    ChannelId channel,
    Value value,
    Severity severity,
    String status,
    long sourceTimeNs,
    long receivedTimeNs,
    Quality quality,
    long lostBefore,
    long sequence) {

  /** The same sample with more losses before it, as after squashing. */
  public Sample withLostBefore(long lost) {
    return new Sample(
        channel, value, severity, status, sourceTimeNs, receivedTimeNs, quality, lost, sequence);
  }
}
