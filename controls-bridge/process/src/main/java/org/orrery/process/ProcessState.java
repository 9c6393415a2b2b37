package org.orrery.process;

import java.time.Duration;

/** Where a supervised child stands. Immutable. */
public sealed interface ProcessState {

  /** Not started yet, or ended on request. */
  record Stopped() implements ProcessState {}

  /**
   * Started, not ready yet.
   *
   * @param pid process id
   */
  record Starting(long pid) implements ProcessState {}

  /**
   * Ready.
   *
   * @param pid process id
   * @param restarts how many times it was started again since the first start
   */
  record Running(long pid, int restarts) implements ProcessState {}

  /**
   * Died or never became ready; the next start follows after the delay.
   *
   * @param why one line for people: exit code or reason, with the last output line
   * @param consecutiveFailures deaths in a row
   * @param delay pause before the next start
   */
  record Waiting(String why, int consecutiveFailures, Duration delay) implements ProcessState {}

  /** Asked to end, not yet gone. */
  record Stopping() implements ProcessState {}

  /**
   * Given up; only a new supervisor tries again.
   *
   * @param why one line for people
   */
  record Failed(String why) implements ProcessState {}
}
