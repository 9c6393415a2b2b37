package org.orrery.archive.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Answers questions on threads of their own: some at once, some waiting, and none beyond that.
 * Thread-safe.
 */
final class Questions implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places;
  private final Semaphore desks;
  private final int waiting;
  private final long patienceNs;

  /**
   * @param atOnce how many are answered at the same time
   * @param waiting how many more may wait for that
   * @param patienceNs how long each may wait, wall ns
   */
  Questions(int atOnce, int waiting, long patienceNs) {
    this.desks = new Semaphore(atOnce);
    this.places = new Semaphore(atOnce + waiting);
    this.waiting = waiting;
    this.patienceNs = patienceNs;
  }

  /** Returns at once; fails with a message for people where there is no room or no time. */
  <T> Future<T> ask(Callable<T> question) {
    if (!places.tryAcquire()) {
      return Future.failedFuture(
          waiting + " questions wait for the archive already; ask again in some seconds");
    }
    Promise<T> answer = Promise.promise();
    try {
      threads.execute(
          () -> {
            try {
              answer(question, answer);
            } finally {
              places.release();
            }
          });
    } catch (RejectedExecutionException e) {
      places.release();
      answer.tryFail("the archive is stopping");
    }
    return answer.future();
  }

  private <T> void answer(Callable<T> question, Promise<T> answer) {
    try {
      if (!desks.tryAcquire(patienceNs, TimeUnit.NANOSECONDS)) {
        answer.tryFail(
            "the archive answers other questions for "
                + TimeUnit.NANOSECONDS.toSeconds(patienceNs)
                + " s now; ask again later, or for a shorter span");
        return;
      }
      try {
        answer.tryComplete(question.call());
      } finally {
        desks.release();
      }
    } catch (InterruptedException e) {
      answer.tryFail("the archive is stopping");
    } catch (Exception e) {
      answer.tryFail(e);
    }
  }

  /** Runs housekeeping beside the questions; it takes no place. */
  void beside(Runnable work) {
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      // Closing: what is left undone is done after the next start.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
