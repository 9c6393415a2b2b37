package org.orrery.server.runtime;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.contract.health.BridgeQuery;

/** How the bridge is, to look at. Owned by the server's event loop. */
final class BridgeRoutes {
  private static final int USUAL_CHANNELS = 50;
  private static final int MOST_CHANNELS = 500;
  private static final int LONGEST_FIND = 200;

  private final Bus bus;
  private final LiveState live;
  private final Guard guard;

  BridgeRoutes(Bus bus, LiveState live, Guard guard) {
    this.bus = bus;
    this.live = live;
    this.guard = guard;
  }

  void mount(Router router) {
    router.get("/api/v1/bridge").handler(guard.reading(this::bridge));
  }

  private void bridge(RoutingContext c) {
    String wanted = c.request().getParam("find");
    String find = wanted == null ? "" : wanted;
    if (find.length() > LONGEST_FIND) {
      throw new Json.BadRequestException("'find' is longer than " + LONGEST_FIND + " characters");
    }
    int most =
        (int)
            Math.clamp(
                Math.round(Parameters.numberOr(c, "most", USUAL_CHANNELS)), 0, MOST_CHANNELS);
    Answers.relay(
        c,
        bus.request(Endpoints.GATEWAY_BRIDGE_HEALTH, new BridgeQuery(find, most)),
        health -> BridgeViews.bridge(health, live.losses()));
  }
}
