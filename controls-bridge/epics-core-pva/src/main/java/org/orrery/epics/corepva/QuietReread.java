package org.orrery.epics.corepva;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Has a PV read once it has been quiet after an overrun, or has not been quiet for long.
 * Thread-safe.
 *
 * <p>A server that loses fields when it merges updates leaves a wrong state for as long as those
 * fields do not change; one that does not will answer what is known.
 */
final class QuietReread {
  private static final long QUIET_MS = 1_000;

  /** What never pauses is read all the same, so seldom that a busy client is not kept busier. */
  private static final long LATEST_MS = 5_000;

  private final ScheduledExecutorService worker;
  private final BooleanSupplier ended;
  private final Runnable read;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile long updatedNs;
  private volatile long overrunNs;

  /**
   * @param ended whether the connection has ended, so that nothing is read any more
   * @param read reads the PV; called on the worker
   */
  QuietReread(ScheduledExecutorService worker, BooleanSupplier ended, Runnable read) {
    this.worker = worker;
    this.ended = ended;
    this.read = read;
  }

  /** An update has come. */
  void updated() {
    updatedNs = System.nanoTime();
  }

  /** An update has come that was merged with lost ones. */
  void overrun() {
    if (due.compareAndSet(false, true)) {
      overrunNs = System.nanoTime();
      schedule(QUIET_MS);
    }
  }

  private void schedule(long delayMs) {
    try {
      var unused = worker.schedule(this::readIfQuiet, delayMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      due.set(false);
    }
  }

  private void readIfQuiet() {
    if (ended.getAsBoolean()) {
      return;
    }
    long nowNs = System.nanoTime();
    long quietMs = TimeUnit.NANOSECONDS.toMillis(nowNs - updatedNs);
    long waitedMs = TimeUnit.NANOSECONDS.toMillis(nowNs - overrunNs);
    long leftMs = Math.min(QUIET_MS - quietMs, LATEST_MS - waitedMs);
    if (leftMs > 0) {
      schedule(leftMs);
    } else {
      due.set(false);
      read.run();
    }
  }
}
