package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;

/** Errors at HTTP: always a title, the detail and the remedy. Stateless. */
final class Failure {
  private Failure() {}

  static void send(RoutingContext context, int status, String title, String detail, String remedy) {
    if (context.response().ended() || context.response().headWritten()) {
      return;
    }
    ObjectNode node = Json.object();
    node.putObject("error").put("title", title).put("detail", detail).put("remedy", remedy);
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(Json.write(node));
  }
}
