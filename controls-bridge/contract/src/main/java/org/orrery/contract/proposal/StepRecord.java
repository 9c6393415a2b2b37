package org.orrery.contract.proposal;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.facility.ChannelId;

/**
 * What became of one step.
 *
 * @param step which step of the plan, from 0
 * @param undo true for the write that takes the step back
 * @param command the command that was issued
 * @param outcomes what the gate said, in order: an unknown outcome may be followed by what reading
 *     back told
 * @param checks what the verification saw, once it has
 */
public record StepRecord(
    int step, boolean undo, CommandId command, List<CommandOutcome> outcomes, List<Check> checks) {
  public StepRecord {
    outcomes = List.copyOf(outcomes);
    checks = List.copyOf(checks);
  }

  /** The last word on the command, once there is one. */
  public Optional<CommandOutcome> lastOutcome() {
    return outcomes.isEmpty() ? Optional.empty() : Optional.of(outcomes.getLast());
  }

  /**
   * One comparison of reality with an approved limit.
   *
   * @param channel which channel
   * @param observed what was seen, in the channel's unit; NaN where nothing was
   * @param low lowest accepted
   * @param high highest accepted
   * @param passed whether it came inside in time, stayed, and went on showing it
   * @param atNs when, plant ns
   */
  public record Check(
      ChannelId channel, double observed, double low, double high, boolean passed, long atNs) {
    /**
     * Whether what was seen last is accepted; it may have come too late, or fallen silent since.
     */
    public boolean inside() {
      return observed >= low && observed <= high;
    }
  }
}
