package org.orrery.contract.drill;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A drill as its trainee may see it: nothing in it tells the hidden truth before the drill is over.
 *
 * @param sheet what is known beforehand
 * @param phase where the drill stands
 * @param waitingFor what it waits for before it can be started, in words; empty for nothing
 * @param startedNs when it was started, plant ns
 * @param endedNs when it was over, plant ns
 * @param record what the trainee said and did, in order
 * @param walks who is on the way to the rack, in the order of arrival
 * @param debrief the truth, once the drill is over
 */
public record DrillState(
    DrillSheet sheet,
    Phase phase,
    String waitingFor,
    OptionalLong startedNs,
    OptionalLong endedNs,
    List<DrillEntry> record,
    List<Walk> walks,
    Optional<DrillDebrief> debrief) {
  public DrillState {
    record = List.copyOf(record);
    walks = List.copyOf(walks);
  }

  /** Where a drill stands. */
  public enum Phase {
    /** The simulated detector runs, and Orrery still learns what is usual. */
    PREPARING,
    /** The trainee may start it. */
    READY,
    /** It runs. */
    RUNNING,
    /** It is over. */
    ENDED
  }

  /**
   * Somebody on the way to the rack.
   *
   * @param action the id of the action
   * @param dueNs when it is carried out, plant ns
   */
  public record Walk(String action, long dueNs) {}
}
