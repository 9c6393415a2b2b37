package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.snapshot.CompareRequest;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.Tolerance;

/**
 * The routes of snapshots. Who is on shift saves and compares; experts define sets, call a snapshot
 * golden and propose a restore, which goes the way of every proposal. Owned by the server's event
 * loop.
 */
final class SnapshotRoutes {
  private static final long NS_PER_US = 1_000;
  private static final double US_PER_MS = 1_000;

  private final Bus bus;
  private final Guard guard;

  SnapshotRoutes(Bus bus, Guard guard) {
    this.bus = bus;
    this.guard = guard;
  }

  void mount(Router router) {
    Set<Role> onShift = Set.of(Role.SHIFTER, Role.EXPERT);
    Set<Role> expert = Set.of(Role.EXPERT);
    String one = "/api/v1/snapshots/:id";
    router.get("/api/v1/snapshots").handler(guard.reading(this::list));
    router.post("/api/v1/snapshots").handler(guard.acting(onShift, this::save));
    router.get("/api/v1/snapshots/sets").handler(guard.reading(this::sets));
    router.post("/api/v1/snapshots/sets").handler(guard.acting(expert, this::define));
    router.get(one).handler(guard.reading(this::snapshot));
    router.post(one + "/compare").handler(guard.acting(onShift, this::compare));
    router.post(one + "/golden").handler(guard.acting(expert, this::golden));
    router.post(one + "/restore/check").handler(guard.acting(onShift, this::check));
    router.post(one + "/restore").handler(guard.acting(expert, this::restore));
  }

  private void list(RoutingContext c) {
    Answers.relay(
        c,
        bus.request(Endpoints.SNAPSHOTS_LIST, Nothing.NOTHING),
        list -> Json.array(list, SnapshotViews::summary));
  }

  private void sets(RoutingContext c) {
    Answers.relay(
        c,
        bus.request(Endpoints.SNAPSHOTS_SETS, Nothing.NOTHING),
        list -> Json.array(list, SnapshotViews::set));
  }

  private void snapshot(RoutingContext c) {
    bus.request(Endpoints.SNAPSHOTS_GET, id(c))
        .onFailure(failure -> Answers.unavailable(c, failure))
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    snapshot -> Answers.answer(c, SnapshotViews.full(snapshot)),
                    () ->
                        Failure.send(
                            c,
                            404,
                            "No such snapshot",
                            "there is no snapshot " + c.pathParam("id"),
                            "Look at the list of snapshots.")));
  }

  private void save(RoutingContext c, Person person) {
    ObjectNode body = body(c);
    Answers.reply(
        c,
        bus.request(
            Endpoints.SNAPSHOTS_REQUEST,
            new SnapshotRequest.Save(
                person,
                Json.text(body, "set"),
                Json.text(body, "name"),
                Json.text(body, "comment"),
                body.path("incomplete").asBoolean(false))),
        SnapshotViews::summary);
  }

  private void golden(RoutingContext c, Person person) {
    Answers.reply(
        c,
        bus.request(
            Endpoints.SNAPSHOTS_REQUEST,
            new SnapshotRequest.MarkGolden(person, id(c), Json.text(body(c), "mode"))),
        SnapshotViews::summary);
  }

  private void compare(RoutingContext c, Person person) {
    ObjectNode body = body(c);
    CompareRequest.Against against =
        switch (Json.text(body, "with")) {
          case "LIVE" -> new CompareRequest.Against.Live();
          case "SNAPSHOT" ->
              new CompareRequest.Against.Other(snapshotId(Json.text(body, "snapshot")));
          case "HISTORY" -> new CompareRequest.Against.History(atNs(body));
          default -> throw new Json.BadRequestException("'with' must be LIVE, SNAPSHOT or HISTORY");
        };
    Answers.reply(
        c,
        bus.request(Endpoints.SNAPSHOTS_COMPARE, new CompareRequest(id(c), against)),
        SnapshotViews::comparison);
  }

  private static long atNs(ObjectNode body) {
    if (!body.path("atMs").isNumber()) {
      throw new Json.BadRequestException("'atMs' must be a plant time, ms");
    }
    // A double holds no nanoseconds of this century.
    return Math.round(body.path("atMs").asDouble() * US_PER_MS) * NS_PER_US;
  }

  private void check(RoutingContext c, Person person) {
    Answers.reply(c, bus.request(Endpoints.RESTORE_LIST, wish(c, person)), SnapshotViews::listing);
  }

  private void restore(RoutingContext c, Person person) {
    Answers.reply(
        c, bus.request(Endpoints.RESTORE_PROPOSE, wish(c, person)), ProposalViews::summary);
  }

  private static RestoreRequest wish(RoutingContext c, Person person) {
    ObjectNode body = body(c);
    List<ChannelId> channels = new ArrayList<>();
    for (JsonNode channel : body.path("channels")) {
      try {
        channels.add(new ChannelId(channel.asText()));
      } catch (IllegalArgumentException e) {
        throw new Json.BadRequestException(String.valueOf(e.getMessage()));
      }
    }
    return new RestoreRequest(person, id(c), channels, Json.text(body, "reason"));
  }

  private void define(RoutingContext c, Person person) {
    ObjectNode body = body(c);
    List<SnapshotSet.Stage> stages = new ArrayList<>();
    for (JsonNode stage : body.path("stages")) {
      List<SnapshotSet.Item> items = new ArrayList<>();
      stage.path("items").forEach(item -> items.add(item(item)));
      stages.add(new SnapshotSet.Stage(stage.path("name").asText(), items));
    }
    SnapshotSet set =
        new SnapshotSet(
            Json.text(body, "name"), 0, Json.text(body, "title"), person.name(), 0, stages);
    Answers.reply(
        c, bus.request(Endpoints.SNAPSHOTS_DEFINE, new DefineSet(person, set)), SnapshotViews::set);
  }

  private static SnapshotSet.Item item(JsonNode item) {
    boolean given = item.has("absolute") || item.has("relative");
    try {
      return new SnapshotSet.Item(
          item.path("pattern").asText(),
          given
              ? Optional.of(
                  new Tolerance(
                      item.path("absolute").asDouble(0), item.path("relative").asDouble(0)))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode body(RoutingContext c) {
    return Json.readObject(c.body().asString());
  }

  private static SnapshotId id(RoutingContext c) {
    return snapshotId(Parameters.pathParam(c, "id"));
  }

  private static SnapshotId snapshotId(String text) {
    try {
      return new SnapshotId(text);
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
  }
}
