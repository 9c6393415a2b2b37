package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.PutRecord.Stand;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.PutQuery;
import org.orrery.contract.twin.ForecastRequest;

/** The routes under {@code /api/v1} that only show something. Owned by the server's event loop. */
final class ReadRoutes {
  private static final long MS = 1_000_000L;
  private static final int MOST_POINTS = 5_000;
  private static final int MOST_FORECASTS = 2;

  private static final int MOST_PUTS = 2_000;

  /** Beyond any clock, ms since the epoch: the year 2262. */
  private static final double FAR_MS = 9.2e12;

  private final RoomContext context;
  private final Bus bus;
  private final LiveState live;
  private final Guard guard;
  private int forecasts;

  ReadRoutes(RoomContext context, LiveState live, Guard guard) {
    this.context = context;
    this.bus = context.bus();
    this.live = live;
    this.guard = guard;
  }

  void mount(Router router) {
    router.get("/api/v1/facility").handler(guard.reading(c -> Answers.answer(c, facility())));
    router.get("/api/v1/overview").handler(guard.reading(c -> Answers.answer(c, live.snapshot())));
    router.get("/api/v1/alarms").handler(guard.reading(c -> Answers.answer(c, live.alarmsNode())));
    router
        .get("/api/v1/writing")
        .handler(guard.reading(c -> Answers.answer(c, live.writingNode())));
    router.get("/api/v1/history").handler(guard.reading(this::history));
    router.get("/api/v1/twin/forecast").handler(guard.reading(this::forecast));
    router.get("/api/v1/proposals").handler(guard.reading(this::proposals));
    router.get("/api/v1/proposals/:id").handler(guard.reading(this::proposal));
    router.get("/api/v1/puts").handler(guard.reading(this::puts));
    router.get("/api/v1/audit").handler(guard.reading(this::audit));
    router.get("/api/v1/audit/verify").handler(guard.reading(this::verifyAudit));
  }

  private ObjectNode facility() {
    return Views.facility(context.facility(), context.plantClock().factor());
  }

  private void history(RoutingContext c) {
    ChannelId channel = Parameters.channel(context.facility(), Parameters.param(c, "channel"));
    long from = Math.round(Parameters.number(c, "from") * MS);
    long to = Math.round(Parameters.number(c, "to") * MS);
    int points =
        (int) Math.clamp(Math.round(Parameters.numberOr(c, "points", 500)), 2, MOST_POINTS);
    HistoryQuery query =
        new HistoryQuery(channel, from, to, new HistoryQuery.Resolution.Optimised(points));
    Answers.relay(c, bus.request(Endpoints.ARCHIVE_HISTORY, query), HistoryViews::history);
  }

  /** At most one runs and one waits: the twin has rehearsals and diagnoses to do besides. */
  private void forecast(RoutingContext c) {
    List<ChannelId> channels =
        Arrays.stream(Parameters.param(c, "channels").split(",", -1))
            .map(id -> Parameters.channel(context.facility(), id))
            .toList();
    long horizon = Math.round(Parameters.number(c, "horizonMs") * MS);
    if (forecasts >= MOST_FORECASTS) {
      Failure.send(
          c,
          429,
          "Too many forecasts",
          "one is being made and another waits",
          "Try again in some seconds.");
      return;
    }
    forecasts++;
    Answers.relay(
        c,
        bus.request(Endpoints.TWIN_FORECAST, new ForecastRequest(channels, horizon))
            .onComplete(ignored -> forecasts--),
        forecast -> {
          ObjectNode node = Json.object();
          node.put("agreement", forecast.agreement().name());
          node.set("trajectories", Json.array(forecast.trajectories(), Views::trajectory));
          return node;
        });
  }

  private void proposals(RoutingContext c) {
    Answers.relay(
        c,
        bus.request(Endpoints.PROPOSALS_LIST, Nothing.NOTHING),
        list -> Json.array(list, ProposalViews::summary));
  }

  private void proposal(RoutingContext c) {
    bus.request(Endpoints.PROPOSALS_GET, Parameters.proposalId(c))
        .onFailure(failure -> Answers.unavailable(c, failure))
        .onSuccess(
            found ->
                found.ifPresentOrElse(
                    p -> Answers.answer(c, ProposalViews.full(p, live.samples(), from(c))),
                    () ->
                        Failure.send(
                            c,
                            404,
                            "No such proposal",
                            "there is no proposal " + c.pathParam("id"),
                            "Look at the list of proposals.")));
  }

  /** The first step that is wanted of a plan that is too long to be shown as a whole. */
  private static OptionalInt from(RoutingContext c) {
    return c.request().getParam("from") == null
        ? OptionalInt.empty()
        : OptionalInt.of((int) Parameters.number(c, "from"));
  }

  private void puts(RoutingContext c) {
    String channel = c.request().getParam("channel");
    PutQuery query =
        new PutQuery(
            Math.round(Parameters.numberOr(c, "from", 0) * MS),
            Math.round(Parameters.numberOr(c, "to", FAR_MS) * MS),
            channel == null
                ? Optional.empty()
                : Optional.of(Parameters.channel(context.facility(), channel)),
            stands(c.request().getParam("stand")),
            (int) Math.clamp(Math.round(Parameters.numberOr(c, "most", 200)), 1, MOST_PUTS));
    Answers.relay(
        c, bus.request(Endpoints.ARCHIVE_PUTS, query), list -> Json.array(list, PutViews::put));
  }

  private static Set<Stand> stands(@Nullable String text) {
    try {
      return text == null
          ? Set.of()
          : Arrays.stream(text.split(",", -1)).map(Stand::valueOf).collect(Collectors.toSet());
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(
          "'stand' must be of " + Arrays.toString(Stand.values()) + ", with commas between");
    }
  }

  private void audit(RoutingContext c) {
    long after = Math.round(Parameters.numberOr(c, "after", 0));
    Answers.relay(
        c, bus.request(Endpoints.AUDIT_LIST, after), list -> Json.array(list, Views::audit));
  }

  private void verifyAudit(RoutingContext c) {
    Answers.relay(
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
}
