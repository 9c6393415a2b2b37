package org.orrery.contract.command;

import java.util.List;

/**
 * Whether Orrery may write at all.
 *
 * @param stopped true while writing is stopped
 * @param by who stopped it; empty while it is not stopped
 * @param reason why; empty while it is not stopped
 * @param sinceNs since when, wall ns
 * @param releasedBy who has agreed to release it so far; two different people are needed
 */
public record WritingState(
    boolean stopped, String by, String reason, long sinceNs, List<String> releasedBy) {
  public WritingState {
    releasedBy = List.copyOf(releasedBy);
  }
}
