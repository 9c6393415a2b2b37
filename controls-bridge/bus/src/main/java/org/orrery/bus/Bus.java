package org.orrery.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Topics and endpoints. Handlers run on the Vert.x context from which they were registered, so a
 * verticle's handlers never run concurrently. Delivery is best effort: what must not be lost is
 * journalled by its owner. Thread-safe.
 */
public interface Bus {
  /** Publishes to every subscriber; returns at once. */
  <T> void publish(Topic<T> topic, T message);

  /** Subscribes; an exception in the handler is logged and does not reach the publisher. */
  <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler);

  /**
   * Asks the one room that serves the endpoint. The future fails with {@link UnavailableException}
   * when nobody serves it or nobody answers in time, which says nothing about whether the request
   * was carried out.
   */
  <Q, R> Future<R> request(Endpoint<Q, R> endpoint, Q request);

  /** Serves an endpoint. */
  <Q, R> Subscription serve(Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler);

  /** A subscription that can be ended; ending it twice is harmless. */
  interface Subscription {
    void cancel();
  }

  /** Nobody serves an endpoint, or nobody answered in time. */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the endpoint and what to look at. */
    public UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }

    /** What the event bus says of a request that failed, in our words. */
    public static Throwable explain(Endpoint<?, ?> endpoint, Throwable failure) {
      if (failure instanceof ReplyException reply) {
        return switch (reply.failureType()) {
          case NO_HANDLERS ->
              new UnavailableException(
                  "nobody serves " + endpoint.address() + "; is that room switched off or down?",
                  reply);
          case TIMEOUT ->
              new UnavailableException(
                  endpoint.address() + " did not answer within " + endpoint.timeoutMs() + " ms",
                  reply);
          case RECIPIENT_FAILURE, ERROR ->
              new UnavailableException(
                  endpoint.address() + " failed: " + reply.getMessage(), reply);
        };
      }
      return failure;
    }
  }
}
