package org.orrery.server.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.server.ServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, the API and the live stream from one event loop. */
public final class ServerVerticle extends VerticleBase {
  /**
   * Where the page lies on the class path. Vert.x looks in the working directory first, so the name
   * must be one that nobody else gives to a folder.
   */
  private static final String PAGE = "orrery-page";

  private static final Logger LOG = LoggerFactory.getLogger(ServerVerticle.class);

  /** The longest request names 5,000 channels. */
  private static final long MOST_BODY_BYTES = 512 * 1024;

  private static final int SLOW_EVERY_TICKS = 8;

  /** While values are not the present, the gateway is asked more often, to see it come back. */
  private static final int BLIND_EVERY_TICKS = 2;

  private final RoomContext context;
  private final ServerConfig config;
  private final AccountStore accounts;
  private final PrometheusMeterRegistry metrics;
  private final LiveState live;
  private @Nullable StreamHub hub;
  private @Nullable Figures figures;
  private @Nullable HttpServer server;
  private int ticks;

  /** Alarms changed since they were told, and were told since the last tick. */
  private boolean alarmsDue;

  private boolean alarmsTold;

  /**
   * @param context what every room is handed
   * @param config how the server faces people
   * @param accounts who may sign in
   * @param metrics what {@code /metrics} shows
   */
  public ServerVerticle(
      RoomContext context,
      ServerConfig config,
      AccountStore accounts,
      PrometheusMeterRegistry metrics) {
    this.context = context;
    this.config = config;
    this.accounts = accounts;
    this.metrics = metrics;
    this.live = new LiveState(context, config.rooms());
  }

  /** The port that the server is bound to, once it is started. */
  public int port() {
    return server == null ? config.port() : server.actualPort();
  }

  @Override
  public Future<?> start() {
    Sessions sessions = new Sessions(context.wallClock());
    Guard guard = new Guard(sessions, config.publicRead());
    StreamHub stream = new StreamHub(live);
    hub = stream;
    Figures shown = new Figures(metrics, live, stream);
    figures = shown;
    listen(stream);
    Router router = Router.router(vertx);
    router.route().handler(ServerVerticle::secure);
    router.route().failureHandler(ServerVerticle::failed);
    new ArchiveRoutes(vertx, context, guard).mount(router);
    router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    new SignInRoutes(vertx, accounts, new Passwords(), sessions, guard).mount(router);
    new ReadRoutes(context, live, guard).mount(router);
    new DecisionRoutes(context, live, guard).mount(router);
    new BridgeRoutes(context.bus(), live, guard).mount(router);
    new DrillRoutes(context.bus(), live, guard).mount(router);
    new SnapshotRoutes(context.bus(), guard).mount(router);
    new RetrievalRoutes(vertx, context, guard).mount(router);
    router.get("/api/v1/stream").handler(guard.reading(c -> stream.connect(c, guard.staying(c))));
    router.get("/api/v1/openapi.json").handler(ServerVerticle::openApi);
    router.get("/metrics").handler(c -> metrics(c, shown));
    new HealthRoutes(live).mount(router);
    router
        .route("/api/*")
        .handler(
            c ->
                Failure.send(
                    c,
                    404,
                    "No such address",
                    String.valueOf(c.request().path()),
                    "See /api/v1/openapi.json."));
    StaticHandler files = StaticHandler.create(PAGE).setCachingEnabled(true).setMaxAgeSeconds(3600);
    router.get("/assets/*").handler(files);
    router.get().handler(StaticHandler.create(PAGE).setCachingEnabled(false));
    router
        .get()
        .handler(
            c ->
                c.response()
                    .putHeader("Content-Type", "text/html; charset=utf-8")
                    .sendFile(PAGE + "/index.html"));
    vertx.setPeriodic(config.tickMs(), id -> tick(stream));
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                // Browsers do not speak HTTP/2 without TLS, and a program's offer to change over
                // once made it read text as frames when Orrery was killed.
                .setHttp2ClearTextEnabled(false))
        .requestHandler(router)
        .listen()
        .onSuccess(
            bound -> {
              server = bound;
              LOG.info("serving pages on http://{}:{}/", config.host(), bound.actualPort());
            });
  }

  @Override
  public Future<?> stop() {
    if (hub != null) {
      hub.close();
    }
    if (figures != null) {
      figures.close();
    }
    return server == null ? Future.succeededFuture() : server.close();
  }

  private void listen(StreamHub stream) {
    Bus bus = context.bus();
    context
        .feed()
        .subscribe(
            new SampleFeed.FeedOptions("server", id -> true, 2, 5_000, 20_000),
            batch -> {
              batch.samples().forEach(live::sample);
              return Future.succeededFuture();
            });
    bus.subscribe(
        Topics.ALARM_TRANSITIONS,
        transition -> {
          live.alarm(transition.alarm());
          alarmsDue = true;
          if (!alarmsTold) {
            tellAlarms(stream);
          }
        });
    bus.subscribe(
        Topics.TWIN_STATE,
        state -> {
          live.twin(state);
          stream.send("twin", Views.twin(state));
        });
    bus.subscribe(
        Topics.FINDINGS,
        finding -> {
          live.finding(finding);
          stream.send("finding", DiagnosisViews.finding(finding));
        });
    bus.subscribe(
        Topics.DIAGNOSES,
        diagnosis -> {
          live.diagnosis(diagnosis);
          stream.send("diagnosis", DiagnosisViews.diagnosis(diagnosis));
        });
    bus.subscribe(
        Topics.PROPOSALS,
        proposal -> {
          live.proposal(proposal);
          stream.send("proposal", ProposalViews.summary(proposal));
        });
    bus.subscribe(
        Topics.OPERATIONS,
        state -> {
          live.operations(state);
          stream.send("operations", OperationsView.of(state));
        });
    bus.subscribe(
        Topics.WRITING_STATE,
        state -> {
          live.writing(state);
          stream.send("writing", Views.writing(state));
        });
    bus.subscribe(
        Topics.DRILL,
        state -> {
          live.drill(state);
          stream.send("drill", DrillViews.state(state));
        });
    bus.subscribe(Topics.CHANNEL_HEALTH, live::channel);
    bus.subscribe(Topics.ROOM_HEALTH, this::room);
    bus.subscribe(Topics.LOSS, live::loss);
    askOnce(bus);
  }

  /**
   * Asks for what was said before this verticle listened; a room that is not up yet will say it
   * itself.
   */
  private void askOnce(Bus bus) {
    bus.request(Endpoints.GATE_WRITING_STATE, Nothing.NOTHING).onSuccess(live::writing);
    bus.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING).onSuccess(live::operations);
    bus.request(Endpoints.ALARMS_LIST, Nothing.NOTHING).onSuccess(live::alarms);
    bus.request(Endpoints.PROPOSALS_LIST, Nothing.NOTHING).onSuccess(live::proposals);
    bus.request(Endpoints.DRILL_STATE, Nothing.NOTHING).onSuccess(live::drill);
    askLatest(bus);
  }

  private void askLatest(Bus bus) {
    bus.request(Endpoints.GATEWAY_LATEST, Nothing.NOTHING)
        .onSuccess(samples -> samples.forEach(live::sample));
    bus.request(Endpoints.GATEWAY_CHANNEL_HEALTH, Nothing.NOTHING)
        .onSuccess(all -> all.forEach(live::channel));
  }

  private void askBridge(Bus bus) {
    bus.request(Endpoints.GATEWAY_BRIDGE_HEALTH, BridgeQuery.SERVERS)
        .onComplete(
            answer -> {
              boolean back = answer.succeeded() && live.bridge().isEmpty();
              live.bridge(answer.result());
              if (back) {
                // What changed while it was away, and never will again, is told by nobody else.
                askLatest(bus);
              }
            });
  }

  private void room(RoomHealth health) {
    live.room(health);
    if (hub != null) {
      hub.send("rooms", live.roomsNode());
    }
  }

  /**
   * All alarms, whichever changed: the first change at once, further ones with the next tick. A
   * flood must not keep this event loop from taking a stop of writing.
   */
  private void tellAlarms(StreamHub stream) {
    alarmsDue = false;
    alarmsTold = true;
    stream.send("alarms", live::alarmsNode);
  }

  private void tick(StreamHub stream) {
    alarmsTold = false;
    if (alarmsDue) {
      tellAlarms(stream);
    }
    stream.tick();
    boolean slow = ++ticks % SLOW_EVERY_TICKS == 0;
    if (slow || (ticks % BLIND_EVERY_TICKS == 0 && live.blind().isPresent())) {
      askBridge(context.bus());
    }
    if (slow) {
      for (LossCount count : context.feed().lossCounts()) {
        live.loss(count);
      }
      stream.send("loss", live.lossNode());
      stream.send("rooms", live.roomsNode());
    }
  }

  private static void metrics(RoutingContext c, Figures figures) {
    c.response().putHeader("Content-Type", "text/plain; version=0.0.4").end(figures.scrape());
  }

  private static void openApi(RoutingContext c) {
    c.response()
        .putHeader("Content-Type", "application/json")
        .sendFile("org/orrery/server/openapi.json");
  }

  private static void secure(RoutingContext c) {
    c.response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin");
    c.next();
  }

  private static void failed(RoutingContext c) {
    if (c.failure() instanceof Json.BadRequestException e) {
      Failure.send(
          c, 400, "Not understood", String.valueOf(e.getMessage()), "Correct the request.");
    } else if (c.failure() != null) {
      LOG.error("{} {} failed", c.request().method(), c.request().path(), c.failure());
      Failure.send(c, 500, "Our mistake", "the request failed inside", "Look at the log.");
    } else {
      int status = c.statusCode() > 0 ? c.statusCode() : 500;
      Failure.send(c, status, "Not served", "HTTP status " + status, "See /api/v1/openapi.json.");
    }
  }
}
