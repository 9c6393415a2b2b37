package org.orrery.server.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A body that is sent as fast as its reader takes it, so that a long answer needs little memory.
 * Owned by the server's event loop.
 */
final class SlowBody {
  /** About what a connection takes at once; between two pieces others have the event loop. */
  private static final int PIECE_CHARACTERS = 64 * 1024;

  private final RoutingContext context;
  private final HttpServerResponse response;
  private final Deque<Iterator<String>> waiting = new ArrayDeque<>();

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
    return add(List.of(text).iterator());
  }

  /** Collects texts for the next {@link #flush}, which has each made when its turn comes. */
  SlowBody add(Iterator<String> texts) {
    waiting.add(texts);
    return this;
  }

  /**
   * Sends what was collected, piece by piece; tells when more may come, false where the reader is
   * gone.
   */
  Future<Boolean> flush() {
    Promise<Boolean> sent = Promise.promise();
    send(sent);
    return sent.future();
  }

  private void send(Promise<Boolean> sent) {
    if (gone()) {
      waiting.clear();
      sent.complete(false);
      return;
    }
    String piece = piece();
    if (!piece.isEmpty()) {
      var unused = response.write(piece);
    }
    if (response.writeQueueFull()) {
      Promise<Void> drained = Promise.promise();
      response.drainHandler(v -> drained.tryComplete());
      response.closeHandler(v -> drained.tryComplete());
      drained.future().onSuccess(v -> send(sent));
    } else if (waiting.isEmpty()) {
      sent.complete(true);
    } else {
      context.vertx().runOnContext(v -> send(sent));
    }
  }

  private String piece() {
    StringBuilder piece = new StringBuilder();
    while (piece.length() < PIECE_CHARACTERS && !waiting.isEmpty()) {
      if (waiting.getFirst().hasNext()) {
        piece.append(waiting.getFirst().next());
      } else {
        waiting.removeFirst();
      }
    }
    return piece.toString();
  }

  /** Sends the rest and ends the body. */
  void end() {
    flush()
        .onSuccess(
            open -> {
              if (open) {
                response.end();
              }
            });
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
