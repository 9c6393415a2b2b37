package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Whether Orrery lives, is ready and is in control, for programs that watch it: anyone may ask.
 * Owned by the server's event loop.
 */
final class HealthRoutes {
  private final LiveState live;

  HealthRoutes(LiveState live) {
    this.live = live;
  }

  void mount(Router router) {
    router.get("/health/live").handler(c -> answer(c, true, Json.object().put("status", "UP")));
    router.get("/health/ready").handler(this::ready);
    router
        .get("/health/control")
        .handler(c -> answer(c, live.writingKnown(), Json.object().put("control", live.control())));
  }

  private void ready(RoutingContext c) {
    boolean up = live.ready();
    ObjectNode node = Json.object().put("status", up ? "UP" : "DOWN");
    node.set("rooms", live.roomsNode());
    answer(c, up, node);
  }

  private static void answer(RoutingContext c, boolean well, ObjectNode node) {
    c.response()
        .setStatusCode(well ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(Json.write(node));
  }
}
