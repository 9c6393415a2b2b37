package org.orrery.epics.adapter;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The gets, puts and calls of a client that are not answered yet. Each ends with its answer, at its
 * deadline or with its client, whatever the library does. Thread-safe.
 */
public final class OpenOperations {
  private final ScheduledExecutorService timer;
  private final Set<Runnable> open = ConcurrentHashMap.newKeySet();

  /**
   * For one client.
   *
   * @param timer keeps the deadlines; the client shuts it down when it closes
   */
  public OpenOperations(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Sees to it that an operation ends.
   *
   * @param reply completes when it does
   * @param giveUp ends it without an answer, for a reason in words; without effect once it has
   *     ended
   * @param timeoutNs from now on, wall ns
   * @param afterwards done once it has ended
   * @return completes after that
   */
  public <R> CompletableFuture<R> watch(
      CompletableFuture<R> reply, Consumer<String> giveUp, long timeoutNs, Runnable afterwards) {
    Runnable onClose = () -> giveUp.accept("the client was closed");
    open.add(onClose);
    Optional<Future<?>> deadline = schedule(giveUp, timeoutNs);
    CompletableFuture<R> watched =
        reply.whenComplete(
            (outcome, failure) -> {
              deadline.ifPresent(timer -> timer.cancel(false));
              open.remove(onClose);
              afterwards.run();
            });
    if (deadline.isEmpty()) {
      giveUp.accept("the client is closed");
    }
    return watched;
  }

  private Optional<Future<?>> schedule(Consumer<String> giveUp, long timeoutNs) {
    String why = "no answer within " + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms";
    try {
      return Optional.of(timer.schedule(() -> giveUp.accept(why), timeoutNs, TimeUnit.NANOSECONDS));
    } catch (RejectedExecutionException closing) {
      return Optional.empty();
    }
  }

  /** Ends them all, without an answer. */
  public void giveUpAll() {
    List.copyOf(open).forEach(Runnable::run);
  }
}
