package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiFunction;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.contract.Person;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillState;

/**
 * The routes of a training drill. Where none runs, the state is empty and every request is turned
 * away. Owned by the server's event loop.
 */
final class DrillRoutes {
  private final Bus bus;
  private final LiveState live;
  private final Guard guard;

  DrillRoutes(Bus bus, LiveState live, Guard guard) {
    this.bus = bus;
    this.live = live;
    this.guard = guard;
  }

  void mount(Router router) {
    router.get("/api/v1/drill").handler(guard.reading(this::state));
    router.get("/api/v1/drill/debrief").handler(guard.reading(this::debrief));
    router
        .post("/api/v1/drill/start")
        .handler(acting((person, body) -> new DrillRequest.Start(person)));
    router
        .post("/api/v1/drill/notice")
        .handler(
            acting((person, body) -> new DrillRequest.Notice(person, Json.text(body, "text"))));
    router
        .post("/api/v1/drill/diagnosis")
        .handler(
            acting(
                (person, body) ->
                    new DrillRequest.Diagnose(
                        person, Json.text(body, "choice"), Json.text(body, "text"))));
    router
        .post("/api/v1/drill/action")
        .handler(acting((person, body) -> new DrillRequest.Act(person, Json.text(body, "action"))));
    router
        .post("/api/v1/drill/end")
        .handler(acting((person, body) -> new DrillRequest.End(person)));
  }

  private io.vertx.core.Handler<RoutingContext> acting(
      BiFunction<Person, ObjectNode, DrillRequest> request) {
    return guard.acting(
        (c, person) -> {
          if (live.drill().isEmpty()) {
            none(c);
            return;
          }
          Answers.reply(
              c,
              bus.request(
                  Endpoints.DRILL_REQUEST,
                  request.apply(person, Json.readObject(c.body().asString()))),
              DrillViews::state);
        });
  }

  private void state(RoutingContext c) {
    ObjectNode node = Json.object();
    node.set("drill", live.drillNode());
    Answers.answer(c, node);
  }

  private void debrief(RoutingContext c) {
    Optional<DrillState> drill = live.drill();
    if (drill.isEmpty()) {
      none(c);
      return;
    }
    Optional<DrillDebrief> debrief = drill.get().debrief();
    if (debrief.isEmpty()) {
      Failure.send(
          c, 409, "Not over yet", "the debrief is told when the drill is over", "End the drill.");
    } else {
      Answers.answer(c, DrillViews.debrief(debrief.get()));
    }
  }

  private static void none(RoutingContext c) {
    Failure.send(
        c,
        404,
        "No drill",
        "no training drill runs here",
        "Start one with 'orrery drill run NAME'; 'orrery drill list' shows the names.");
  }
}
