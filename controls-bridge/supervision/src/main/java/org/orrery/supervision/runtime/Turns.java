package org.orrery.supervision.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets one task go after the other; each says itself when it is over, which may be long after it
 * returned. For one context; not thread-safe.
 */
final class Turns {
  /** Far more than wait while the record answers. */
  private static final int CROWD = 100;

  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;

  /** How many tasks wait for their turn. */
  int waiting() {
    return waiting.size();
  }

  /** True while so many wait that nobody else should queue who need not. */
  boolean crowded() {
    return waiting.size() >= CROWD;
  }

  /** False once no task gets its turn any more. */
  boolean open() {
    return !closed;
  }

  /** Runs the task when its turn comes; it must call {@link #over} once. */
  void take(Runnable task) {
    if (closed) {
      return;
    }
    waiting.add(task);
    if (!busy) {
      over();
    }
  }

  /** The task at hand is over; the next one goes. */
  void over() {
    Runnable task = waiting.poll();
    busy = task != null;
    if (task != null) {
      task.run();
    }
  }

  /** Gives nobody a turn any more. */
  void close() {
    closed = true;
    waiting.clear();
  }
}
