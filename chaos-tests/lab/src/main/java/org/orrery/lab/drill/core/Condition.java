package org.orrery.lab.drill.core;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * Something that a channel can show. Exactly one of the three is present.
 *
 * @param channel the channel
 * @param below it holds for smaller numbers, in the channel's unit
 * @param above it holds for larger numbers, in the channel's unit
 * @param shows it holds while the channel shows this text
 */
public record Condition(
    ChannelId channel, OptionalDouble below, OptionalDouble above, Optional<String> shows) {

  /** True where the channel was read and the reading fits; what was never read never fits. */
  public boolean holds(Map<ChannelId, Value> readings) {
    Value value = readings.get(channel);
    if (value == null) {
      return false;
    }
    if (shows.isPresent()) {
      return value.display().equals(shows.get());
    }
    OptionalDouble number = value.asDouble();
    return number.isPresent()
        && (below.isEmpty() || number.getAsDouble() < below.getAsDouble())
        && (above.isEmpty() || number.getAsDouble() > above.getAsDouble());
  }
}
