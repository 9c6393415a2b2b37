package org.orrery.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process under supervision: started, watched, started again when it dies, ended within a
 * deadline. An orphan that an earlier life of the parent left behind is ended before the first
 * start, so that the child never runs twice on the same data.
 *
 * <p>Thread-safe. Supervision runs on a virtual thread and keeps no JVM alive; when the JVM ends
 * without {@link #stop}, the child goes on as an orphan.
 */
public final class SupervisedProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(5);
  private static final List<String> INHERITED = List.of("PATH", "HOME", "TMPDIR", "TZ", "LANG");
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  private final ProcessSpec spec;
  private final ProcessListener listener;
  private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopping = lock.newCondition();
  private volatile ProcessState state = new ProcessState.Stopped();
  private volatile @Nullable Process child;
  private volatile boolean stopRequested;
  private int restarts;

  /** How a stop went. */
  public enum StopOutcome {
    /** It ended by itself after a signal, or was not running. */
    ENDED,
    /** It had to be killed. */
    KILLED
  }

  private SupervisedProcess(ProcessSpec spec, ProcessListener listener) {
    this.spec = spec;
    this.listener = listener;
  }

  /**
   * Starts supervision and returns at once; see {@link #ready}.
   *
   * @param spec what to run
   * @param listener told about every change of state
   * @return the supervised child
   */
  public static SupervisedProcess start(ProcessSpec spec, ProcessListener listener) {
    SupervisedProcess process = new SupervisedProcess(spec, listener);
    Thread.ofVirtual().name("supervise-" + spec.name()).start(process::supervise);
    return process;
  }

  /**
   * The first readiness.
   *
   * @return completes when the child is ready for the first time; fails with {@link
   *     ProcessFailedException} when it was given up or stopped before
   */
  public CompletableFuture<Void> ready() {
    return firstReady.copy();
  }

  /**
   * The state now.
   *
   * @return the state
   */
  public ProcessState state() {
    return state;
  }

  /**
   * The living child.
   *
   * @return its handle, for its pid and for tests that kill it; empty between two lives
   */
  public Optional<ProcessHandle> handle() {
    return Optional.ofNullable(child).map(Process::toHandle).filter(ProcessHandle::isAlive);
  }

  /**
   * Ends the child and the supervision. Idempotent; blocks for at most the deadline and a few
   * seconds for the system to reap a killed process.
   *
   * @param deadline after this the child is killed, wherever its stop sequence stands
   * @return how it went
   */
  public StopOutcome stop(Duration deadline) {
    lock.lock();
    try {
      stopRequested = true;
      stopping.signalAll();
    } finally {
      lock.unlock();
    }
    boolean endedByItself = true;
    try {
      Process current = child;
      if (current != null && current.isAlive()) {
        change(new ProcessState.Stopping());
        endedByItself = Signals.stop(current.toHandle(), spec.stopSequence(), deadline);
      }
      ended.get(deadline.plus(KILL_PATIENCE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warn("{}: the end could not be confirmed: {}", spec.name(), e.toString());
    }
    return endedByItself ? StopOutcome.ENDED : StopOutcome.KILLED;
  }

  /** Stops within the patience of the stop sequence. */
  @Override
  public void close() {
    Duration patience =
        spec.stopSequence().steps().stream()
            .map(StopSequence.Step::patience)
            .reduce(Duration.ZERO, Duration::plus);
    stop(patience);
  }

  private void supervise() {
    try (PidFile pidFile = PidFile.lock(spec.name(), spec.pidFile())) {
      Files.createDirectories(spec.workDirectory());
      pidFile.stopOrphans(spec.name(), spec.stopSequence());
      live(pidFile);
    } catch (InterruptedException e) {
      giveUp("supervision was interrupted");
    } catch (IOException | ProcessFailedException e) {
      giveUp(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.error("{}: supervision failed", spec.name(), e);
      giveUp(e.toString());
    } finally {
      firstReady.completeExceptionally(
          new ProcessFailedException(spec.name() + ": stopped before it was ready"));
      ended.complete(null);
    }
  }

  private void live(PidFile pidFile) throws IOException, InterruptedException {
    int failures = 0;
    while (!stopRequested) {
      long startNs = System.nanoTime();
      String why = oneLife(pidFile);
      pidFile.delete();
      if (stopRequested) {
        break;
      }
      failures =
          spec.restartPolicy()
              .failuresAfter(failures, Duration.ofNanos(System.nanoTime() - startNs));
      if (spec.restartPolicy().givesUpAfter(failures)) {
        giveUp(why);
        return;
      }
      Duration delay = spec.restartPolicy().delayAfter(failures);
      LOG.warn("{}: {}; starts again in {} ms", spec.name(), why, delay.toMillis());
      change(new ProcessState.Waiting(why, failures, delay));
      pause(delay);
      restarts++;
    }
    change(new ProcessState.Stopped());
  }

  /** Runs the child once and tells why it ended. */
  private String oneLife(PidFile pidFile) throws InterruptedException {
    Process process;
    try {
      spec.beforeStart().prepare();
      process = spawn();
    } catch (IOException e) {
      return "cannot be started: " + e.getMessage();
    }
    OutputPump output = OutputPump.start(process, spec);
    try {
      pidFile.write(process.toHandle());
    } catch (IOException e) {
      // The mark in the child's environment still names it to the next life.
      LOG.warn("{}: the pid file cannot be written: {}", spec.name(), e.getMessage());
    }
    change(new ProcessState.Starting(process.pid()));
    if (stopRequested) {
      process.destroyForcibly(); // stop() may have looked before the child existed
    }
    boolean ready = awaitReady(process, output);
    if (ready) {
      LOG.info("{}: ready, process {}", spec.name(), process.pid());
      change(new ProcessState.Running(process.pid(), restarts));
      firstReady.complete(null);
      process.waitFor();
    } else if (process.isAlive() && !stopRequested) {
      Signals.stop(process.toHandle(), spec.stopSequence(), KILL_PATIENCE);
      process.waitFor();
      return "was not ready within " + spec.readyTimeout().toSeconds() + " s" + said(output);
    }
    int exitCode = process.waitFor();
    output.drain();
    return "ended with exit code " + exitCode + said(output);
  }

  private Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    if (spec.ownSession()) {
      SETSID.stream()
          .filter(Files::isExecutable)
          .findFirst()
          .map(Path::toString)
          .ifPresent(command::add);
    }
    command.addAll(spec.command());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(spec.workDirectory().toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(INHERITED);
    environment.putAll(spec.environment());
    environment.put(PidFile.MARK, spec.pidFile().toString());
    Process process = builder.start();
    child = process;
    process.getOutputStream().close();
    return process;
  }

  private boolean awaitReady(Process process, OutputPump output) throws InterruptedException {
    long deadlineNs = System.nanoTime() + spec.readyTimeout().toNanos();
    while (process.isAlive() && !stopRequested && System.nanoTime() < deadlineNs) {
      if (Readiness.holds(spec.readyCheck(), output)) {
        return true;
      }
      pause(POLL);
    }
    return false;
  }

  private void pause(Duration delay) throws InterruptedException {
    lock.lock();
    try {
      long remainingNs = delay.toNanos();
      while (!stopRequested && remainingNs > 0) {
        remainingNs = stopping.awaitNanos(remainingNs);
      }
    } finally {
      lock.unlock();
    }
  }

  private void giveUp(String why) {
    LOG.error("{}: given up: {}", spec.name(), why);
    change(new ProcessState.Failed(why));
    firstReady.completeExceptionally(new ProcessFailedException(spec.name() + ": " + why));
  }

  private void change(ProcessState next) {
    lock.lock();
    try {
      if (stopRequested
          && (next instanceof ProcessState.Running || next instanceof ProcessState.Starting)) {
        return;
      }
      state = next;
    } finally {
      lock.unlock();
    }
    try {
      listener.onState(spec.name(), next);
    } catch (RuntimeException e) {
      LOG.error("{}: a listener failed", spec.name(), e);
    }
  }

  private static String said(OutputPump output) {
    return output.lastLine().isEmpty() ? "" : ", last line: " + output.lastLine();
  }
}
