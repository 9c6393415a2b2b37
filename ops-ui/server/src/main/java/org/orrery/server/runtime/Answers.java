package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.orrery.contract.Reply;

/** How what a room says becomes an HTTP answer. Stateless. */
final class Answers {
  private Answers() {}

  static <T> void relay(RoutingContext c, Future<T> future, Function<T, ? extends JsonNode> view) {
    future
        .onFailure(failure -> unavailable(c, failure))
        .onSuccess(value -> answer(c, view.apply(value)));
  }

  static <T> void reply(
      RoutingContext c, Future<Reply<T>> future, Function<T, ? extends JsonNode> view) {
    future
        .onFailure(failure -> unavailable(c, failure))
        .onSuccess(
            reply -> {
              switch (reply) {
                case Reply.Done<T> done -> answer(c, view.apply(done.value()));
                case Reply.Declined<T> declined ->
                    Failure.send(
                        c,
                        409,
                        "Declined",
                        declined.reason(),
                        "Read the reason, then decide again.");
              }
            });
  }

  static void unavailable(RoutingContext c, Throwable failure) {
    Failure.send(
        c,
        503,
        "Not available now",
        String.valueOf(failure.getMessage()),
        "See which part is down at the foot of the page; the rest goes on.");
  }

  static void answer(RoutingContext c, JsonNode node) {
    if (!c.response().ended()) {
      c.response()
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-store")
          .end(Json.write(node));
    }
  }
}
