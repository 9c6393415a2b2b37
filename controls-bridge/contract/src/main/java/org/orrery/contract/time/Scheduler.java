package org.orrery.contract.time;

/**
 * Runs work later or periodically: on an event loop in the running system, in virtual time in the
 * lab. A task runs on the scheduler's own thread of control and must not block.
 */
public interface Scheduler {
  /** Runs the task once after a delay of wall time, ns. */
  Cancellable after(long delayNs, Runnable task);

  /** Runs the task every period of wall time, ns, the first time after one period. */
  Cancellable every(long periodNs, Runnable task);

  /** A task that can be called off; calling it off twice is harmless. */
  interface Cancellable {
    void cancel();
  }
}
