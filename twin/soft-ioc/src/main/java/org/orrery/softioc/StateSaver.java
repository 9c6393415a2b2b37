package org.orrery.softioc;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes states to their file on a thread of its own, so that a slow disk does not stop the
 * detector; of states that come faster than they can be written only the latest is. Thread-safe.
 */
final class StateSaver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateSaver.class);
  private static final long LAST_SAVE_WITHIN_MS = 700;

  private final StateFile file;
  private final AtomicReference<@Nullable Waiting> waiting = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("orrery-soft-ioc-save").factory());

  StateSaver(StateFile file) {
    this.file = file;
  }

  private record Waiting(StateFile.Saved state, CompletableFuture<Void> written) {}

  /**
   * Takes a state, later than all before; returns at once.
   *
   * @return completes when this state or a later one is on the disk, or cannot be written
   */
  CompletableFuture<Void> save(StateFile.Saved state) {
    Waiting latest = new Waiting(state, new CompletableFuture<>());
    Waiting overtaken = waiting.getAndSet(latest);
    if (overtaken != null) {
      return latest.written().whenComplete((done, failure) -> overtaken.written().complete(null));
    }
    try {
      thread.execute(this::writeLatest);
    } catch (RejectedExecutionException closing) {
      latest.written().complete(null);
    }
    return latest.written();
  }

  private void writeLatest() {
    Waiting latest = waiting.getAndSet(null);
    if (latest == null) {
      return;
    }
    try {
      file.save(latest.state());
    } catch (IOException failed) {
      LOG.warn("the detector's state is not saved: {}", failed.getMessage());
    } finally {
      latest.written().complete(null);
    }
  }

  /** Waits for the last state to be written. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LAST_SAVE_WITHIN_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("the detector's last state may not be saved");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
