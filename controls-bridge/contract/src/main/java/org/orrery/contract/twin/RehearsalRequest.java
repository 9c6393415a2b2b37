package org.orrery.contract.twin;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * Asks the twin to play writes from its present state.
 *
 * @param writes the writes in order
 * @param watch channels whose courses are wanted
 * @param horizonNs how far, plant ns
 * @param hypothesis the cause to assume, where there is one
 */
public record RehearsalRequest(
    List<PlannedWrite> writes,
    List<ChannelId> watch,
    long horizonNs,
    Optional<Hypothesis> hypothesis) {
  public RehearsalRequest {
    writes = List.copyOf(writes);
    watch = List.copyOf(watch);
  }

  /**
   * One write of the plan.
   *
   * @param channel the channel
   * @param value what is written
   * @param afterNs how long after the start, plant ns
   */
  public record PlannedWrite(ChannelId channel, Value value, long afterNs) {}
}
