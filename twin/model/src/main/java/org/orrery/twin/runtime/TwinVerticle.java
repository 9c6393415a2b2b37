package org.orrery.twin.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Forecast;
import org.orrery.contract.twin.ForecastRequest;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.backend.Backends;
import org.orrery.twin.core.assimilation.EngineSettings;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.diagnosis.Diagnoser;
import org.orrery.twin.core.diagnosis.DiagnosisInput;
import org.orrery.twin.core.diagnosis.Fault;
import org.orrery.twin.core.diagnosis.Verdict;
import org.orrery.twin.core.diagnosis.WorkingModel;
import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.rehearsal.Present;
import org.orrery.twin.core.rehearsal.Rehearser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps the engine on one event loop; diagnoses and rehearses on a worker, one at a time, from copies
 * of what the engine holds.
 */
public final class TwinVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TwinVerticle.class);
  private static final String ROOM = "twin";
  private static final long TICK_MS = 100;
  private static final long HEALTH_MS = 10_000;

  /** Steps made in one tick, so that catching up does not hold the event loop. */
  private static final int STEPS_PER_TICK = 20;

  /** Samples are waited for so long: wall time for their way, ns. */
  private static final long WAY_NS = 250_000_000L;

  /** The same in plant time, for slow sources, ns. */
  private static final long LEAST_LAG_NS = 1_000_000_000L;

  private static final long REEXAMINE_NS = 120_000_000_000L;
  private static final long REEXAMINE_MOST_NS = 1_800_000_000_000L;

  private final RoomContext room;
  private final TwinConfig config;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private final DiagnosisDesk desk = new DiagnosisDesk();
  private final BatchBackend backend;
  private final TwinEngine engine;
  private final WorkingModel working;
  private final ModelRunner deskRunner;
  private final Messages messages;
  private final Map<String, Limits> limits;
  private RoomHealth health;
  private boolean diagnosing;
  private long reexaminedNs;
  private long reexamineGapNs = REEXAMINE_NS;
  private boolean started;

  /** See {@link org.orrery.twin.TwinModule#create}. */
  public TwinVerticle(RoomContext room, TwinConfig config) {
    this.room = room;
    this.config = config;
    this.backend = Backends.choose(config, room.data().resolve(ROOM));
    LarModel model = LarModel.reference();
    long seed = room.seed() * 31 + ROOM.hashCode();
    EngineSettings settings = new EngineSettings(config.members(), config.stepNs(), seed);
    this.engine = new TwinEngine(new ModelRunner(model, backend), settings);
    this.working = new WorkingModel(engine);
    this.deskRunner = new ModelRunner(model, backend);
    this.messages = new Messages(room.version(), seed, Integer.toHexString(config.hashCode()));
    this.limits = limits(room);
    this.health =
        new RoomHealth(
            ROOM,
            RoomHealth.Status.DEGRADED,
            "The twin waits for its first readings",
            room.wallClock().nowNs());
  }

  private static Map<String, Limits> limits(RoomContext room) {
    Map<String, Limits> limits = new HashMap<>();
    room.facility()
        .channels()
        .forEach(
            (id, channel) ->
                limits.put(id.value(), channel.alarm().limitsIn(AlarmSettings.ANY_MODE)));
    return limits;
  }

  @Override
  public Future<?> start() {
    Bus bus = room.bus();
    Set<String> wanted = new HashSet<>(engine.channels());
    subscriptions.add(
        room.feed()
            .subscribe(
                SampleFeed.FeedOptions.all(ROOM).only(id -> wanted.contains(id.value())),
                this::samples));
    subscriptions.add(bus.subscribe(Topics.FINDINGS, desk::take));
    subscriptions.add(bus.serve(Endpoints.TWIN_REHEARSE, this::rehearse));
    subscriptions.add(bus.serve(Endpoints.TWIN_FORECAST, this::forecast));
    vertx.setPeriodic(TICK_MS, timer -> tick());
    vertx.setPeriodic(HEALTH_MS, timer -> bus.publish(Topics.ROOM_HEALTH, health));
    bus.publish(Topics.ROOM_HEALTH, health);
    LOG.info("twin of {} members on the {} backend", config.members(), backend.name());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    backend.close();
    return Future.succeededFuture();
  }

  private Future<Void> samples(SampleBatch batch) {
    batch.samples().forEach(engine::offer);
    return Future.succeededFuture();
  }

  private void tick() {
    long lagNs = Math.max(LEAST_LAG_NS, (long) (room.plantClock().factor() * WAY_NS));
    long untilNs = room.plantClock().nowNs() - lagNs;
    for (int i = 0; i < STEPS_PER_TICK && engine.stepTowards(untilNs); i++) {
      if (engine.running()) {
        working.settle();
        room.bus().publish(Topics.TWIN_STATE, messages.state(engine, working));
      }
    }
    if (engine.running()) {
      judgeHealth();
      diagnoseWhatIsDue();
    }
  }

  private void diagnoseWhatIsDue() {
    if (diagnosing) {
      return;
    }
    Optional<Finding> due = desk.due(engine.nowNs());
    if (due.isPresent()) {
      Finding finding = due.get();
      if (isAboutKnownLiar(finding)) {
        return;
      }
      diagnose(finding.fromNs(), Diagnoser.LOOK_BACK_NS, Optional.of(finding));
    } else if (working.contradicted() && engine.nowNs() - reexaminedNs > reexamineGapNs) {
      reexaminedNs = engine.nowNs();
      reexamineGapNs = Math.min(2 * reexamineGapNs, REEXAMINE_MOST_NS);
      diagnose(engine.monitor().doubtingSinceNs(), REEXAMINE_NS, Optional.empty());
    }
  }

  /** A finding whose first channel is known to lie has been explained. */
  private boolean isAboutKnownLiar(Finding finding) {
    return engine.monitor().distrusted().stream()
        .map(sensor -> engine.model().sensors().get(sensor).channel())
        .anyMatch(
            channel ->
                !finding.channels().isEmpty()
                    && channel.equals(finding.channels().getFirst().value()));
  }

  private void diagnose(long fromNs, long lookBackNs, Optional<Finding> finding) {
    diagnosing = true;
    DiagnosisInput input = DiagnosisInput.from(engine, working);
    long startedNs = room.wallClock().nowNs();
    vertx
        .executeBlocking(() -> new Diagnoser(deskRunner).diagnose(input, fromNs, lookBackNs))
        .onComplete(
            done -> {
              diagnosing = false;
              if (done.failed()) {
                LOG.error("diagnosing failed", done.cause());
                return;
              }
              done.result()
                  .ifPresent(
                      verdict -> {
                        long tookMs =
                            TimeUnit.NANOSECONDS.toMillis(room.wallClock().nowNs() - startedNs);
                        conclude(verdict, input, finding, tookMs);
                      });
            });
  }

  private void conclude(
      Verdict verdict, DiagnosisInput input, Optional<Finding> finding, long tookMs) {
    Optional<String> before = working.title();
    working.apply(verdict, input.nowNs());
    if (!working.title().equals(before)) {
      reexamineGapNs = REEXAMINE_NS;
      LOG.info("the twin now assumes: {}", working.title().orElse("nothing wrong"));
    }
    Hypothesis leading = verdict.causes().getFirst().hypothesis();
    finding
        .filter(one -> desk.isNews(one.id(), leading))
        .ifPresent(
            one -> {
              LOG.info(
                  "diagnosis of '{}': {} ({} %) in {} ms",
                  one.title(),
                  leading.title(),
                  Math.round(100.0 * verdict.causes().getFirst().probability()),
                  tookMs);
              room.bus()
                  .publish(
                      Topics.DIAGNOSES,
                      messages.diagnosis(
                          new DiagnosisId(room.ids().next()),
                          one,
                          verdict,
                          input.nowNs(),
                          input.completeness()));
            });
  }

  private Future<Rehearsal> rehearse(RehearsalRequest request) {
    Optional<String> obstacle = obstacle(request);
    if (obstacle.isPresent()) {
      return Future.succeededFuture(new Rehearsal.NotRehearsed(obstacle.get()));
    }
    Present present = Present.of(engine);
    Agreement agreement = engine.monitor().agreement();
    boolean assume =
        request.hypothesis().filter(h -> h instanceof Hypothesis.PlantFault).stream()
            .flatMap(h -> Fault.of((Hypothesis.PlantFault) h).stream())
            .anyMatch(fault -> !working.assumes(fault));
    Optional<String> hypothesis =
        assume ? request.hypothesis().map(Hypothesis::title) : working.title();
    return onWorker(
        () -> {
          Rehearser.Played played =
              new Rehearser(deskRunner).rehearse(present, request, assume, limits);
          return new Rehearsal.Rehearsed(
              present.nowNs(),
              played.withPlan(),
              played.withoutPlan(),
              played.predictedAlarms(),
              agreement,
              hypothesis,
              messages.version(),
              messages.provenance(present.nowNs(), present.nowNs() + request.horizonNs()));
        });
  }

  private Optional<String> obstacle(RehearsalRequest request) {
    if (!engine.running()) {
      return Optional.of("the twin waits for its first readings");
    }
    if (engine.monitor().agreement() == Agreement.LOST) {
      return Optional.of("the twin does not describe the detector now");
    }
    List<ChannelId> unknown = new Rehearser(deskRunner).unknown(request.writes());
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of("the twin has no equation for " + unknown);
  }

  private Future<Forecast> forecast(ForecastRequest request) {
    Agreement agreement = engine.running() ? engine.monitor().agreement() : Agreement.LOST;
    long nowNs = engine.nowNs();
    if (!engine.running()) {
      return Future.succeededFuture(
          new Forecast(List.of(), agreement, messages.provenance(nowNs, nowNs)));
    }
    Present present = Present.of(engine);
    return onWorker(
        () ->
            new Forecast(
                new Rehearser(deskRunner).forecast(present, request.watch(), request.horizonNs()),
                agreement,
                messages.provenance(nowNs, nowNs + request.horizonNs())));
  }

  /** One at a time and in order, because the runner serves one thread. */
  private <T> Future<T> onWorker(Callable<T> work) {
    Promise<T> promise = Promise.promise();
    vertx
        .executeBlocking(
            () -> {
              promise.complete(work.call());
              return 0;
            })
        .onFailure(promise::tryFail);
    return promise.future();
  }

  private void judgeHealth() {
    if (!started) {
      started = true;
      LOG.info("the twin is in step from plant time {} ns on", engine.nowNs());
    }
    boolean lost = engine.monitor().agreement() == Agreement.LOST;
    RoomHealth.Status status = lost ? RoomHealth.Status.DEGRADED : RoomHealth.Status.UP;
    if (status != health.status()) {
      String detail = lost ? "The twin does not describe the detector now" : "";
      health = new RoomHealth(ROOM, status, detail, room.wallClock().nowNs());
      room.bus().publish(Topics.ROOM_HEALTH, health);
    }
  }
}
