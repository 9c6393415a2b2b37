package org.orrery.server.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/**
 * A body that is sent as fast as its reader takes it, so that a long answer needs little memory.
 * Owned by the server's event loop.
 */
final class SlowBody {
  private final RoutingContext context;
  private final HttpServerResponse response;
  private final StringBuilder waiting = new StringBuilder();

  SlowBody(RoutingContext context, String contentType) {
    this.context = context;
    this.response = context.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-store");
  }

  /** Collects text for the next {@link #flush}. */
  SlowBody add(String text) {
    waiting.append(text);
    return this;
  }

  /** Sends what was collected; tells when more may come, false where the reader is gone. */
  Future<Boolean> flush() {
    if (gone()) {
      return Future.succeededFuture(false);
    }
    if (!waiting.isEmpty()) {
      String text = waiting.toString();
      waiting.setLength(0);
      var unused = response.write(text);
    }
    if (!response.writeQueueFull()) {
      return Future.succeededFuture(true);
    }
    Promise<Boolean> drained = Promise.promise();
    response.drainHandler(v -> drained.tryComplete(!gone()));
    response.closeHandler(v -> drained.tryComplete(false));
    return drained.future();
  }

  /** Sends the rest and ends the body. */
  void end() {
    if (!gone()) {
      response.end(waiting.toString());
    }
  }

  /**
   * Says that it failed: as an error where nothing was sent yet; otherwise by cutting the
   * connection, so that nobody takes a part for the whole.
   */
  void fail(Throwable failure) {
    if (gone()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      context.request().connection().close();
    } else {
      response.setChunked(false);
      Answers.unavailable(context, failure);
    }
  }

  private boolean gone() {
    return response.ended() || response.closed();
  }
}
