package org.orrery.process;

import java.time.Duration;
import java.util.List;

/**
 * The signals that end a child, in order; {@code SIGKILL} always follows the last one. Immutable.
 *
 * @param steps signals with the time each is given before the next one is sent
 */
public record StopSequence(List<Step> steps) {

  /** A POSIX signal that asks a process to end. */
  public enum StopSignal {
    /** Interrupt; PostgreSQL's "fast" shutdown. */
    INT,
    /** Terminate; a JVM runs its shutdown hooks. */
    TERM,
    /** Quit; PostgreSQL's "immediate" shutdown (a JVM prints its threads instead and goes on). */
    QUIT
  }

  /**
   * One signal.
   *
   * @param signal what is sent
   * @param patience how long to wait for the exit before the next step
   */
  public record Step(StopSignal signal, Duration patience) {
    public Step {
      if (patience.isNegative()) {
        throw new IllegalArgumentException("patience is negative: " + patience);
      }
    }
  }

  public StopSequence {
    steps = List.copyOf(steps);
  }

  /**
   * One {@code SIGTERM}, then {@code SIGKILL}.
   *
   * @param patience time between the two
   * @return the sequence
   */
  public static StopSequence terminate(Duration patience) {
    return new StopSequence(List.of(new Step(StopSignal.TERM, patience)));
  }
}
