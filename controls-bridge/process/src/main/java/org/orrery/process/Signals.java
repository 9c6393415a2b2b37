package org.orrery.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.orrery.process.StopSequence.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends POSIX signals and waits for exits. Works for children and for other processes. */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final long HELPER_PATIENCE_SECONDS = 5;

  private Signals() {}

  /**
   * Runs the sequence, then kills.
   *
   * @return true when the process ended before it had to be killed
   */
  static boolean stop(ProcessHandle process, StopSequence sequence, Duration deadline)
      throws InterruptedException {
    long deadlineNs = System.nanoTime() + deadline.toNanos();
    for (StopSequence.Step step : sequence.steps()) {
      if (!process.isAlive()) {
        return true;
      }
      send(process, step.signal());
      long patienceNs = Math.min(step.patience().toNanos(), deadlineNs - System.nanoTime());
      if (awaitExit(process, Duration.ofNanos(Math.max(0, patienceNs)))) {
        return true;
      }
    }
    if (!process.isAlive()) {
      return true;
    }
    process.destroyForcibly();
    return false;
  }

  static boolean awaitExit(ProcessHandle process, Duration patience) throws InterruptedException {
    try {
      process.onExit().get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot wait for process " + process.pid(), e);
    }
  }

  /** Sends the signal; a process that is gone already is no error. */
  private static void send(ProcessHandle process, StopSignal signal) throws InterruptedException {
    if (signal == StopSignal.TERM) {
      process.destroy();
      return;
    }
    // The JDK knows only TERM and KILL; the shell's built-in kill knows them all.
    ProcessBuilder kill =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "kill -s \"$1\" \"$2\"",
                "kill",
                signal.name(),
                Long.toString(process.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      Process helper = kill.start();
      if (!helper.waitFor(HELPER_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        helper.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.warn("cannot send {}, sending TERM: {}", signal, e.getMessage());
      process.destroy();
    }
  }
}
