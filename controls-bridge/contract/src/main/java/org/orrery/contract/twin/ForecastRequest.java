package org.orrery.contract.twin;

import java.util.List;
import org.orrery.contract.facility.ChannelId;

/**
 * Asks the twin where channels go if nothing is done.
 *
 * @param watch the channels
 * @param horizonNs how far, plant ns
 */
public record ForecastRequest(List<ChannelId> watch, long horizonNs) {
  public ForecastRequest {
    watch = List.copyOf(watch);
  }
}
