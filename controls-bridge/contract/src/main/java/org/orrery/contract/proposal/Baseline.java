package org.orrery.contract.proposal;

import java.util.List;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * What the channels that a plan writes to showed last when it was begun. A channel that had no good
 * reading then has no place here.
 *
 * @param shown one reading per channel
 */
public record Baseline(List<Shown> shown) {
  public Baseline {
    shown = List.copyOf(shown);
  }

  /**
   * What one channel showed.
   *
   * @param channel which channel
   * @param value in the channel's unit
   */
  public record Shown(ChannelId channel, Value value) {}
}
