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
    router.get("/health/control").handler(this::control);
  }

  /** Who does not see the detector is not in control of it. */
  private void control(RoutingContext c) {
    ObjectNode node = Json.object().put("control", live.control());
    node.set("feed", live.feedNode());
    answer(c, live.writingKnown() && live.blind().isEmpty(), node);
  }

  private void ready(RoutingContext c) {
    boolean up = live.ready() && live.blind().isEmpty();
    ObjectNode node = Json.object().put("status", up ? "UP" : "DOWN");
    node.set("feed", live.feedNode());
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
