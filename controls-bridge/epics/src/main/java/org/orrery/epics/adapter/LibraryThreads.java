package org.orrery.epics.adapter;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts a library. Stateless.
 *
 * <p>The libraries make user threads (timers, sockets) that would keep the JVM alive; a thread
 * inherits from its maker whether it is one, so everything is started on a daemon thread.
 */
public final class LibraryThreads {
  private LibraryThreads() {}

  /** Runs the task on a new daemon thread and waits for it; interruption counts as failure. */
  public static <T> T onDaemonThread(String name, Callable<T> task) throws ExecutionException {
    FutureTask<T> future = new FutureTask<>(task);
    Thread.ofPlatform().daemon().name(name).start(future);
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ExecutionException(interrupted);
    }
  }
}
