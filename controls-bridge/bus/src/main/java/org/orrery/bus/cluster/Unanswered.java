package org.orrery.bus.cluster;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;

/**
 * Requests to other processes that were not answered yet. Where the process is gone they fail at
 * once, instead of when their time is up: the event bus itself does not notice. Thread-safe.
 */
final class Unanswered {
  private final Set<Waiting> all = ConcurrentHashMap.newKeySet();

  /** One request; the same only as itself. */
  private static final class Waiting {
    private final Endpoint<?, ?> endpoint;
    private final Promise<?> promise;
    private final @Nullable Context caller;

    Waiting(Endpoint<?, ?> endpoint, Promise<?> promise, @Nullable Context caller) {
      this.endpoint = endpoint;
      this.promise = promise;
      this.caller = caller;
    }

    /** The endpoints of a room begin with its name. */
    boolean isFor(Set<String> rooms) {
      return rooms.stream().anyMatch(room -> endpoint.address().startsWith(room + "."));
    }

    /** On the context that asked, as every other answer. */
    void fail(String why) {
      Throwable gone =
          new Bus.UnavailableException(
              endpoint.address() + " did not answer: " + why, new IllegalStateException(why));
      if (caller == null) {
        promise.tryFail(gone);
      } else {
        caller.runOnContext(ignored -> promise.tryFail(gone));
      }
    }
  }

  /**
   * Waits for the answer, or for the end of the process.
   *
   * @param send sends the request
   */
  <R> Future<R> await(Endpoint<?, R> endpoint, Supplier<Future<R>> send) {
    Promise<R> promise = Promise.promise();
    Waiting waiting = new Waiting(endpoint, promise, Vertx.currentContext());
    all.add(waiting);
    send.get()
        .onComplete(
            done -> {
              all.remove(waiting);
              if (done.succeeded()) {
                promise.tryComplete(done.result());
              } else {
                promise.tryFail(done.cause());
              }
            });
    return promise.future();
  }

  /** The process that ran these rooms is gone, or began anew and knows of no earlier request. */
  void gone(Set<String> rooms, String why) {
    all.stream().filter(waiting -> waiting.isFor(rooms)).forEach(waiting -> waiting.fail(why));
  }
}
