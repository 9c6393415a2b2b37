package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.twin.ForecastRequest;

/** The routes under {@code /api/v1} that read state and pass on what people decide. */
final class ApiRoutes {
  private static final long MS = 1_000_000L;
  private static final int MOST_POINTS = 5_000;

  private final RoomContext context;
  private final Bus bus;
  private final LiveState live;
  private final Guard guard;

  ApiRoutes(RoomContext context, LiveState live, Guard guard) {
    this.context = context;
    this.bus = context.bus();
    this.live = live;
    this.guard = guard;
  }

  void mount(Router router) {
    router.get("/api/v1/facility").handler(guard.reading(c -> answer(c, facility())));
    router.get("/api/v1/overview").handler(guard.reading(c -> answer(c, live.snapshot())));
    router.get("/api/v1/alarms").handler(guard.reading(c -> answer(c, live.alarmsNode())));
    router.get("/api/v1/writing").handler(guard.reading(c -> answer(c, live.writingNode())));
    router.get("/api/v1/history").handler(guard.reading(this::history));
    router.get("/api/v1/twin/forecast").handler(guard.reading(this::forecast));
    router.get("/api/v1/proposals").handler(guard.reading(this::proposals));
    router.get("/api/v1/proposals/:id").handler(guard.reading(this::proposal));
    router.get("/api/v1/audit").handler(guard.reading(this::audit));
    router.get("/api/v1/audit/verify").handler(guard.reading(this::verifyAudit));
    router.post("/api/v1/alarms/ack").handler(guard.acting(Role.SHIFTER, this::acknowledge));
    router.post("/api/v1/writing").handler(guard.acting(Role.SHIFTER, this::writing));
    router.post("/api/v1/control").handler(guard.acting(Role.SHIFTER, this::control));
    router.post("/api/v1/tagouts").handler(guard.acting(Role.EXPERT, this::setTagOut));
    router.delete("/api/v1/tagouts/:device").handler(guard.acting(Role.EXPERT, this::liftTagOut));
    router.post("/api/v1/proposals/:id/approve").handler(guard.acting(Role.EXPERT, this::approve));
    router.post("/api/v1/proposals/:id/reject").handler(guard.acting(Role.EXPERT, this::reject));
    router.post("/api/v1/proposals/:id/abort").handler(guard.acting(Role.EXPERT, this::abort));
    router
        .post("/api/v1/proposals/:id/rollback")
        .handler(guard.acting(Role.EXPERT, this::rollBack));
  }

  private ObjectNode facility() {
    return Views.facility(context.facility(), context.plantClock().factor());
  }

  private void history(RoutingContext c) {
    ChannelId channel = channel(param(c, "channel"));
    long from = Math.round(number(c, "from") * MS);
    long to = Math.round(number(c, "to") * MS);
    int points = (int) Math.clamp(Math.round(numberOr(c, "points", 500)), 2, MOST_POINTS);
    HistoryQuery query =
        new HistoryQuery(channel, from, to, new HistoryQuery.Resolution.Optimised(points));
    relay(c, bus.request(Endpoints.ARCHIVE_HISTORY, query), Views::history);
  }

  private void forecast(RoutingContext c) {
    List<ChannelId> channels =
        Arrays.stream(param(c, "channels").split(",", -1)).map(this::channel).toList();
    long horizon = Math.round(number(c, "horizonMs") * MS);
    relay(
        c,
        bus.request(Endpoints.TWIN_FORECAST, new ForecastRequest(channels, horizon)),
        forecast -> {
          ObjectNode node = Json.object();
          node.put("agreement", forecast.agreement().name());
          node.set("trajectories", Json.array(forecast.trajectories(), Views::trajectory));
          return node;
        });
  }

  private void proposals(RoutingContext c) {
    relay(
        c,
        bus.request(Endpoints.PROPOSALS_LIST, Nothing.NOTHING),
        list -> Json.array(list, ProposalViews::summary));
  }

  private void proposal(RoutingContext c) {
    bus.request(Endpoints.PROPOSALS_GET, proposalId(c))
        .onFailure(failure -> unavailable(c, failure))
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    p -> answer(c, ProposalViews.full(p, live.samples())),
                    () ->
                        Failure.send(
                            c,
                            404,
                            "No such proposal",
                            "there is no proposal " + c.pathParam("id"),
                            "Look at the list of proposals.")));
  }

  private void audit(RoutingContext c) {
    long after = Math.round(numberOr(c, "after", 0));
    relay(c, bus.request(Endpoints.AUDIT_LIST, after), list -> Json.array(list, Views::audit));
  }

  private void verifyAudit(RoutingContext c) {
    relay(
        c,
        bus.request(Endpoints.AUDIT_VERIFY, Nothing.NOTHING),
        verdict ->
            switch (verdict) {
              case AuditVerdict.Intact i ->
                  Json.object().put("intact", true).put("entries", i.entries());
              case AuditVerdict.Broken b ->
                  Json.object()
                      .put("intact", false)
                      .put("sequence", b.sequence())
                      .put("why", b.why());
            });
  }

  private void acknowledge(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    AlarmKey key = new AlarmKey(channel(Json.text(body, "channel")), kind(Json.text(body, "kind")));
    reply(
        c,
        bus.request(Endpoints.ALARMS_ACKNOWLEDGE, new AcknowledgeRequest(key, person)),
        alarm -> Views.alarm(alarm, context.facility()));
  }

  private void writing(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    String reason = Json.text(body, "reason");
    WritingRequest request =
        switch (Json.text(body, "action")) {
          case "STOP" -> new WritingRequest.Stop(person, reason);
          case "RELEASE" -> new WritingRequest.Release(person, reason);
          default -> throw new Json.BadRequestException("'action' must be STOP or RELEASE");
        };
    reply(c, bus.request(Endpoints.GATE_WRITING, request), Views::writing);
  }

  private void control(RoutingContext c, Person person) {
    ControlRequest request =
        switch (Json.text(Json.readObject(c.body().asString()), "action")) {
          case "TAKE" -> new ControlRequest.TakeControl(person, false);
          case "FORCE" -> new ControlRequest.TakeControl(person, true);
          case "RELEASE" -> new ControlRequest.ReleaseControl(person);
          default -> throw new Json.BadRequestException("'action' must be TAKE, FORCE or RELEASE");
        };
    reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), Views::operations);
  }

  private void setTagOut(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    ControlRequest request =
        new ControlRequest.SetTagOut(person, Json.text(body, "device"), Json.text(body, "reason"));
    reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), Views::operations);
  }

  private void liftTagOut(RoutingContext c, Person person) {
    ControlRequest request = new ControlRequest.LiftTagOut(person, pathParam(c, "device"));
    reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), Views::operations);
  }

  private void approve(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    Bytes hash;
    try {
      hash = Bytes.ofHex(Json.text(body, "planHash"));
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException("'planHash' must be the hexadecimal hash of the plan");
    }
    decide(c, new DecisionRequest.Approve(proposalId(c), hash, person, Json.text(body, "reason")));
  }

  private void reject(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.Reject(proposalId(c), person, reason(c)));
  }

  private void abort(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.Abort(proposalId(c), person, reason(c)));
  }

  private void rollBack(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.RollBack(proposalId(c), person, reason(c)));
  }

  private void decide(RoutingContext c, DecisionRequest request) {
    reply(
        c,
        bus.request(Endpoints.PROPOSALS_DECIDE, request),
        proposal -> ProposalViews.full(proposal, live.samples()));
  }

  private static String reason(RoutingContext c) {
    return Json.text(Json.readObject(c.body().asString()), "reason");
  }

  private static <T> void relay(
      RoutingContext c, Future<T> future, Function<T, ? extends JsonNode> view) {
    future
        .onFailure(failure -> unavailable(c, failure))
        .onSuccess(value -> answer(c, view.apply(value)));
  }

  private static <T> void reply(
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

  private static void unavailable(RoutingContext c, Throwable failure) {
    Failure.send(
        c,
        503,
        "Not available now",
        String.valueOf(failure.getMessage()),
        "See which part is down at the foot of the page; the rest goes on.");
  }

  private static void answer(RoutingContext c, JsonNode node) {
    if (!c.response().ended()) {
      c.response()
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-store")
          .end(Json.write(node));
    }
  }

  private ChannelId channel(String text) {
    ChannelId id;
    try {
      id = new ChannelId(text);
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
    if (context.facility().channel(id).isEmpty()) {
      throw new Json.BadRequestException(
          "channel '" + text + "' is not described; see /api/v1/facility");
    }
    return id;
  }

  private static AlarmKey.Kind kind(String text) {
    for (AlarmKey.Kind kind : AlarmKey.Kind.values()) {
      if (kind.name().equals(text)) {
        return kind;
      }
    }
    throw new Json.BadRequestException(
        "'kind' must be one of " + Arrays.toString(AlarmKey.Kind.values()));
  }

  private static ProposalId proposalId(RoutingContext c) {
    try {
      return new ProposalId(pathParam(c, "id"));
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
  }

  private static String param(RoutingContext c, String name) {
    String value = c.request().getParam(name);
    if (value == null || value.isBlank()) {
      throw new Json.BadRequestException("the parameter '" + name + "' is missing");
    }
    return value;
  }

  private static String pathParam(RoutingContext c, String name) {
    String value = c.pathParam(name);
    if (value == null) {
      throw new Json.BadRequestException("the address lacks '" + name + "'");
    }
    return value;
  }

  private static double number(RoutingContext c, String name) {
    try {
      return Double.parseDouble(param(c, name));
    } catch (NumberFormatException e) {
      throw new Json.BadRequestException("the parameter '" + name + "' must be a number");
    }
  }

  private static double numberOr(RoutingContext c, String name, double standard) {
    return c.request().getParam(name) == null ? standard : number(c, name);
  }
}
