package org.orrery.gateway.core;

import java.util.List;

/**
 * When a channel and its device were written to, attempts that came to nothing included; wall ns,
 * the oldest first. At most {@link org.orrery.contract.facility.WriteBudget#MOST} of each channel.
 *
 * @param channel writes of the channel itself
 * @param device writes of any channel of the device
 */
record WriteHistory(List<Long> channel, List<Long> device) {
  /** Nothing was written yet. */
  static final WriteHistory NONE = new WriteHistory(List.of(), List.of());

  WriteHistory {
    channel = List.copyOf(channel);
    device = List.copyOf(device);
  }
}
