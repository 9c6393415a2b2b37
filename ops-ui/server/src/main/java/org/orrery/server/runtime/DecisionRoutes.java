package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.proposal.DecisionRequest;

/** The routes under {@code /api/v1} that pass on what people decide to the room that acts on it. */
final class DecisionRoutes {
  private static final double NS_PER_MINUTE = 6e10;

  private final RoomContext context;
  private final Bus bus;
  private final LiveState live;
  private final Guard guard;

  DecisionRoutes(RoomContext context, LiveState live, Guard guard) {
    this.context = context;
    this.bus = context.bus();
    this.live = live;
    this.guard = guard;
  }

  /**
   * Anybody may stop writing, or a single plan; control, tag-outs and the release of a stop are
   * decided by the rooms that keep them. Alarms do not ask who acknowledges, so that is asked here.
   */
  void mount(Router router) {
    Set<Role> onShift = Set.of(Role.SHIFTER, Role.EXPERT);
    Set<Role> expert = Set.of(Role.EXPERT);
    router.post("/api/v1/writing").handler(guard.acting(this::writing));
    router.post("/api/v1/control").handler(guard.acting(this::control));
    router.post("/api/v1/tagouts").handler(guard.acting(this::setTagOut));
    router.delete("/api/v1/tagouts/:device").handler(guard.acting(this::liftTagOut));
    router.post("/api/v1/locks").handler(guard.acting(this::lock));
    router.delete("/api/v1/locks/:device").handler(guard.acting(this::unlock));
    router.post("/api/v1/alarms/ack").handler(guard.acting(onShift, this::acknowledge));
    router.post("/api/v1/proposals/:id/dry-run").handler(guard.acting(onShift, this::dryRun));
    router.post("/api/v1/proposals/:id/approve").handler(guard.acting(expert, this::approve));
    router.post("/api/v1/proposals/:id/reject").handler(guard.acting(expert, this::reject));
    router.post("/api/v1/proposals/:id/stop").handler(guard.acting(this::stop));
    router.post("/api/v1/proposals/:id/abort").handler(guard.acting(expert, this::abort));
    router.post("/api/v1/proposals/:id/rollback").handler(guard.acting(expert, this::rollBack));
  }

  private void acknowledge(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    AlarmKey key =
        Parameters.alarm(context.facility(), Json.text(body, "channel"), Json.text(body, "kind"));
    Answers.reply(
        c,
        bus.request(Endpoints.ALARMS_ACKNOWLEDGE, new AcknowledgeRequest(key, person)),
        alarm -> AlarmViews.alarm(alarm, context.facility()));
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
    Answers.reply(c, bus.request(Endpoints.GATE_WRITING, request), Views::writing);
  }

  private void control(RoutingContext c, Person person) {
    ControlRequest request =
        switch (Json.text(Json.readObject(c.body().asString()), "action")) {
          case "TAKE" -> new ControlRequest.TakeControl(person, false);
          case "FORCE" -> new ControlRequest.TakeControl(person, true);
          case "RELEASE" -> new ControlRequest.ReleaseControl(person);
          default -> throw new Json.BadRequestException("'action' must be TAKE, FORCE or RELEASE");
        };
    Answers.reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), OperationsView::of);
  }

  private void setTagOut(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    ControlRequest request =
        new ControlRequest.SetTagOut(person, Json.text(body, "device"), Json.text(body, "reason"));
    Answers.reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), OperationsView::of);
  }

  private void liftTagOut(RoutingContext c, Person person) {
    ControlRequest request =
        new ControlRequest.LiftTagOut(person, Parameters.pathParam(c, "device"));
    Answers.reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), OperationsView::of);
  }

  private void lock(RoutingContext c, Person person) {
    ObjectNode body = Json.readObject(c.body().asString());
    JsonNode minutes = body.path("minutes");
    if (!minutes.isNumber()) {
      throw new Json.BadRequestException("'minutes' must be a number");
    }
    ControlRequest request =
        new ControlRequest.LockDevice(
            person,
            Json.text(body, "device"),
            Json.text(body, "reason"),
            Math.round(minutes.asDouble() * NS_PER_MINUTE));
    Answers.reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), OperationsView::of);
  }

  private void unlock(RoutingContext c, Person person) {
    ControlRequest request =
        new ControlRequest.UnlockDevice(person, Parameters.pathParam(c, "device"));
    Answers.reply(c, bus.request(Endpoints.OPERATIONS_CONTROL, request), OperationsView::of);
  }

  /** Nobody can have seen what an approval is about while values are not the present. */
  private void approve(RoutingContext c, Person person) {
    Optional<FeedWatch.Blind> blind = live.blind();
    if (blind.isPresent()) {
      Failure.send(
          c,
          409,
          "Orrery does not see the detector",
          blind.get().at(context.wallClock().nowNs()),
          "Approve once values come again; it can be rejected or ended, and writing stopped, now.");
      return;
    }
    ObjectNode body = Json.readObject(c.body().asString());
    Bytes hash;
    try {
      hash = Bytes.ofHex(Json.text(body, "planHash"));
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException("'planHash' must be the hexadecimal hash of the plan");
    }
    decide(
        c,
        new DecisionRequest.Approve(
            Parameters.proposalId(c), hash, person, Json.text(body, "reason")));
  }

  /** What the gate would say if this person approved now; decides nothing. */
  private void dryRun(RoutingContext c, Person person) {
    bus.request(Endpoints.PROPOSALS_DRY_RUN, new DryRun.Query(Parameters.proposalId(c), person))
        .onFailure(failure -> Answers.unavailable(c, failure))
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    run -> Answers.answer(c, PutViews.dryRun(run)),
                    () ->
                        Failure.send(
                            c,
                            404,
                            "No such proposal",
                            "there is no proposal " + c.pathParam("id") + " at hand",
                            "Look at the list of proposals.")));
  }

  private void reject(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.Reject(Parameters.proposalId(c), person, reason(c)));
  }

  private void stop(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.Stop(Parameters.proposalId(c), person, reason(c)));
  }

  private void abort(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.Abort(Parameters.proposalId(c), person, reason(c)));
  }

  private void rollBack(RoutingContext c, Person person) {
    decide(c, new DecisionRequest.RollBack(Parameters.proposalId(c), person, reason(c)));
  }

  private void decide(RoutingContext c, DecisionRequest request) {
    Answers.reply(
        c,
        bus.request(Endpoints.PROPOSALS_DECIDE, request),
        proposal -> ProposalViews.full(proposal, live.samples()));
  }

  private static String reason(RoutingContext c) {
    return Json.text(Json.readObject(c.body().asString()), "reason");
  }
}
