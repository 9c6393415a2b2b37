package org.orrery.epics.corepva;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Has a PV read once it has been quiet after an overrun. Thread-safe.
 *
 * <p>A server that loses fields when it merges updates leaves a wrong state for as long as nothing
 * changes; one that does not will answer what is known.
 */
final class QuietReread {
  private static final long QUIET_MS = 1_000;

  private final ScheduledExecutorService worker;
  private final BooleanSupplier ended;
  private final Runnable read;
  private final AtomicBoolean due = new AtomicBoolean();
  private volatile long updatedNs;

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
    long quietMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - updatedNs);
    if (quietMs < QUIET_MS) {
      schedule(QUIET_MS - quietMs);
    } else {
      due.set(false);
      read.run();
    }
  }
}
